import type { Outage } from '../../bot/records.ts';
import { levelOf } from '../../dialogs/identity.ts';
import { dayOf, endOf } from '../local-time.ts';
import type { Action } from './action.ts';
import { outageProvenance, outageSentences } from './outage-words.ts';
import { corporationFor, servedElsewhere } from './served-by.ts';

/**
 * Why the power may be off now. Whoever is not verified gets the same answer whether the contract is cut off for debt
 * or not: the check for it must not come before what everybody may hear.
 */
export const findKnownOutage: Action = async (slots, { identities, now }, { customers, outages, utility }) => {
  const { customer_code: code, place = '' } = slots;
  // A province alone is no place where the power is off.
  const isPrecise = place.includes('/') && utility.corporationOfPlace(place) !== undefined;
  const customer = code === undefined ? undefined : await customers.customer(code);
  const isCutOff = customer?.connection === 'disconnected_debt' && levelOf(identities, code, now) === 'verified';
  // Somebody cut off may still report another place.
  if (isCutOff && !isPrecise) {
    return { outcome: 'disconnected_debt' };
  }
  const window = { from: now, to: now + 1 };
  const current = [
    ...(customer === undefined ? [] : await outages.forCustomer(customer, window)),
    ...(isPrecise ? await outages.forPlace(place, window) : []),
  ].filter((outage) => isCurrent(outage, now));
  const outage = current.find(({ kind }) => kind === 'planned') ?? current[0];
  return outage === undefined
    ? { outcome: 'none', replies: servedElsewhere(corporationFor({ place }, now, utility), utility) }
    : {
        outcome: outage.kind,
        slots: { outage_text: outageSentences(outage, now) },
        provenance: [outageProvenance(outage)],
      };
};

function isCurrent(outage: Outage, now: number): boolean {
  const hasBegun = outage.from <= now;
  return hasBegun && (outage.state === 'ongoing' || now < (outage.to ?? endOf(dayOf(outage.from))));
}
