import { hotlineOf } from '../load-utility.ts';
import { type Action, needSlot } from './action.ts';
import { noticePhone, phoneWords } from './notice-phone.ts';

const DAY_MS = 86_400_000;
/** A number that somebody else has typed shall not be flooded. */
const MOST_A_DAY = 3;

/** Sends the number of a ticket by SMS, because the customer has asked for it. */
export const sendTicketSms: Action = async (slots, context, { customers, slots: counter, codes, utility }) => {
  const number = needSlot(slots, 'ticket_number');
  const phone = await noticePhone(slots, context, customers);
  if (phone === undefined) {
    return { outcome: 'no_phone' };
  }
  const isAllowed = await counter.take({
    key: `ticket-sms/${codes.fingerprint(phone)}`,
    claim: context.eventKey,
    limit: MOST_A_DAY,
    expiresAt: context.now + DAY_MS,
  });
  if (!isAllowed) {
    return { outcome: 'too_many' };
  }
  const text = `${utility.ours.name}: yêu cầu của bạn có số phiếu ${number}. Tổng đài ${hotlineOf(utility.ours).hotline_tel}.`;
  return {
    outcome: 'sent',
    slots: { notice_phone: phoneWords(phone) },
    effects: [{ kind: 'send_notice', channel: 'sms', to: phone, reply: { kind: 'text', text } }],
  };
};
