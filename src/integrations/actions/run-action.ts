import { ACTIONS, NOT_VERIFIED } from '../../dialogs/actions.ts';
import { isEnough, levelOf } from '../../dialogs/identity.ts';
import type { RunAction } from '../../dialogs/run-action.ts';
import type { Action, ActionDeps, CreateAction } from './action.ts';
import { createCheckCustomerCode } from './check-customer-code.ts';
import { createCheckOtp } from './check-otp.ts';
import { createFindBill } from './find-bill.ts';
import { createFindContracts } from './find-contracts.ts';
import { createFindHotline } from './find-hotline.ts';
import { createFindKnownOutage } from './find-known-outage.ts';
import { createFindOutagesByCode } from './find-outages-by-code.ts';
import { createFindOutagesByPlace } from './find-outages-by-place.ts';
import { createOpenEmergencyTicket } from './open-emergency-ticket.ts';
import { createOpenOutageTicket } from './open-outage-ticket.ts';
import { createSendOtp } from './send-otp.ts';

/** Every action of the catalogue by its name. A new one is one file and one line here. */
const CREATE: Readonly<Record<string, CreateAction>> = {
  check_customer_code: createCheckCustomerCode,
  send_otp: createSendOtp,
  check_otp: createCheckOtp,
  find_contracts: createFindContracts,
  find_bill: createFindBill,
  find_outages_by_code: createFindOutagesByCode,
  find_outages_by_place: createFindOutagesByPlace,
  find_known_outage: createFindKnownOutage,
  open_outage_ticket: createOpenOutageTicket,
  open_emergency_ticket: createOpenEmergencyTicket,
  find_hotline: createFindHotline,
};

/**
 * Runs the actions of the catalogue. The identity level that the catalogue asks for is looked at here as well as in
 * the dialog engine: no mistake in a dialog can show anything personal.
 */
export function createRunAction(deps: ActionDeps): RunAction {
  const actions = new Map<string, Action>(Object.entries(CREATE).map(([name, create]) => [name, create(deps)]));
  return async (name, slots, context) => {
    const action = actions.get(name);
    const kind = ACTIONS[name];
    if (action === undefined || kind === undefined) {
      throw new Error(`There is no action "${name}": add it to run-action.ts and to the catalogue.`);
    }
    const level = levelOf(context.identities, slots['customer_code'], context.now);
    return isEnough(level, kind.identity) ? action(slots, context) : { outcome: NOT_VERIFIED };
  };
}
