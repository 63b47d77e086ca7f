import type { Customer, Outage } from '../../bot/records.ts';
import { levelOf } from '../../dialogs/identity.ts';
import type { Slots } from '../../dialogs/run-action.ts';
import { dayOf, endOf } from '../local-time.ts';
import type { Action, ActionDeps } from './action.ts';
import { outageProvenance, outageSentences } from './outage-words.ts';

/**
 * Why the power may be off now. Whoever is not verified gets the same answer whether the contract is cut off for debt
 * or not: the check for it must not come before what everybody may hear.
 */
export const findKnownOutage: Action = async (slots, { identities, now }, deps) => {
  const code = slots['customer_code'];
  const customer = code === undefined ? undefined : await deps.customers.customer(code);
  if (customer?.connection === 'disconnected_debt' && levelOf(identities, code, now) === 'verified') {
    return { outcome: 'disconnected_debt' };
  }
  const current = (await outagesNow(customer, slots, now, deps)).filter((outage) => isCurrent(outage, now));
  const outage = current.find(({ kind }) => kind === 'planned') ?? current[0];
  if (outage === undefined) {
    return { outcome: 'none' };
  }
  return {
    outcome: outage.kind,
    slots: { outage_text: outageSentences(outage, now) },
    provenance: [outageProvenance(outage)],
  };
};

/** By the customer's lines where there is a record; else by a place that is more than a province. */
async function outagesNow(
  customer: Customer | undefined,
  { place = '' }: Slots,
  now: number,
  { outages, utility }: ActionDeps,
): Promise<readonly Outage[]> {
  const window = { from: now, to: now + 1 };
  if (customer !== undefined) {
    return outages.forCustomer(customer, window);
  }
  const isPrecise = place.includes('/') && utility.corporationOfPlace(place) !== undefined;
  return isPrecise ? outages.forPlace(place, window) : [];
}

function isCurrent(outage: Outage, now: number): boolean {
  const hasBegun = outage.from <= now;
  return hasBegun && (outage.state === 'ongoing' || now < (outage.to ?? endOf(dayOf(outage.from))));
}
