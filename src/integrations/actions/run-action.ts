import type { RunAction } from '../../dialogs/run-action.ts';
import type { Action, ActionDeps } from './action.ts';
import { notePowerBack, openNestedTicket } from './answer-restoration.ts';
import { checkContact } from './check-contact.ts';
import { checkCustomerCode } from './check-customer-code.ts';
import { checkOtp } from './check-otp.ts';
import { checkPayment } from './check-payment.ts';
import { checkReading } from './check-reading.ts';
import { eraseConversation, eraseCustomer } from './erase-data.ts';
import { estimateBill } from './estimate-bill.ts';
import { explainBill } from './explain-bill.ts';
import { exportConversation, exportCustomer } from './export-data.ts';
import { findAnswer } from './find-answer.ts';
import { findAskedTickets } from './find-asked-tickets.ts';
import { findBill } from './find-bill.ts';
import { findConnection } from './find-connection.ts';
import { findContracts } from './find-contracts.ts';
import { findCorporation } from './find-corporation.ts';
import { findHotline } from './find-hotline.ts';
import { findInvoice } from './find-invoice.ts';
import { findKnownOutage } from './find-known-outage.ts';
import { findNextOutage } from './find-next-outage.ts';
import { findNotice } from './find-notice.ts';
import { findNoticePhone } from './find-notice-phone.ts';
import { findOutagesByCode } from './find-outages-by-code.ts';
import { findOutagesByPlace } from './find-outages-by-place.ts';
import { findOutagesByUnit } from './find-outages-by-unit.ts';
import { findOwnTicket } from './find-own-ticket.ts';
import { findReadingDays } from './find-reading-days.ts';
import { findStormIncident } from './find-storm-incident.ts';
import { giveBillSheet } from './give-bill-sheet.ts';
import { joinIncident } from './join-incident.ts';
import { listNotices } from './list-notices.ts';
import { listUsage } from './list-usage.ts';
import { openBillTicket } from './open-bill-ticket.ts';
import { openEmergencyTicket } from './open-emergency-ticket.ts';
import { openOutageTicket } from './open-outage-ticket.ts';
import { openRequest } from './open-request.ts';
import { sendInvoice } from './send-invoice.ts';
import { sendOtp } from './send-otp.ts';
import { sendTicketSms } from './send-ticket-sms.ts';
import { stopAllNotices, stopNotice } from './stop-notices.ts';
import { subscribeNotice } from './subscribe-notice.ts';
import { tellTariff } from './tell-tariff.ts';

const ACTIONS_BY_NAME: ReadonlyMap<string, Action> = new Map([
  ['check_customer_code', checkCustomerCode],
  ['send_otp', sendOtp],
  ['check_otp', checkOtp],
  ['find_contracts', findContracts],
  ['find_bill', findBill],
  ['explain_bill', explainBill],
  ['list_usage', listUsage],
  ['check_payment', checkPayment],
  ['open_bill_ticket', openBillTicket],
  ['estimate_bill', estimateBill],
  ['tell_tariff', tellTariff],
  ['find_outages_by_code', findOutagesByCode],
  ['find_outages_by_place', findOutagesByPlace],
  ['find_outages_by_unit', findOutagesByUnit],
  ['find_known_outage', findKnownOutage],
  ['find_storm_incident', findStormIncident],
  ['join_incident', joinIncident],
  ['note_power_back', notePowerBack],
  ['open_nested_ticket', openNestedTicket],
  ['open_outage_ticket', openOutageTicket],
  ['open_emergency_ticket', openEmergencyTicket],
  ['find_notice_phone', findNoticePhone],
  ['send_ticket_sms', sendTicketSms],
  ['find_hotline', findHotline],
  ['find_answer', findAnswer],
  ['find_own_ticket', findOwnTicket],
  ['find_next_outage', findNextOutage],
  ['find_asked_tickets', findAskedTickets],
  ['find_corporation', findCorporation],
  ['check_contact', checkContact],
  ['find_connection', findConnection],
  ['find_invoice', findInvoice],
  ['send_invoice', sendInvoice],
  ['give_bill_sheet', giveBillSheet],
  ['find_reading_days', findReadingDays],
  ['check_reading', checkReading],
  ['open_request', openRequest],
  ['find_notice', findNotice],
  ['subscribe_notice', subscribeNotice],
  ['subscribe_personal_notice', subscribeNotice],
  ['list_notices', listNotices],
  ['stop_notice', stopNotice],
  ['stop_all_notices', stopAllNotices],
  ['export_conversation', exportConversation],
  ['export_customer', exportCustomer],
  ['erase_conversation', eraseConversation],
  ['erase_customer', eraseCustomer],
]);

/** Runs the actions of the dialogs over the utility's records. Their time is the turn's, not the clock's. */
export function createRunAction(deps: ActionDeps): RunAction {
  return async (name, slots, context) => {
    const action = ACTIONS_BY_NAME.get(name);
    if (action === undefined) {
      throw new Error(`Nothing carries out the action "${name}": add it to integrations/actions/run-action.ts.`);
    }
    return action(slots, context, deps);
  };
}
