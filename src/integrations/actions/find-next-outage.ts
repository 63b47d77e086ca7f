import type { Action } from './action.ts';
import { outageProvenance, outageSentences } from './outage-words.ts';
import { publishedUntil } from './tell-outages.ts';

/** The next outage of the schedule, for who asks when the power comes back while nothing is known to be off. */
export const findNextOutage: Action = async (slots, { now }, { customers, outages, utility }) => {
  const { customer_code: code, place = '' } = slots;
  const customer = code === undefined ? undefined : await customers.customer(code);
  const window = { from: now, to: publishedUntil(now) };
  const isOurs = utility.corporationOfPlace(place)?.id === utility.ours.id;
  const ahead = [
    ...(customer === undefined ? [] : await outages.forCustomer(customer, window)),
    ...(isOurs ? await outages.forPlace(place, window) : []),
  ].filter(({ kind, from }) => kind === 'planned' && from > now);
  const [next] = ahead.sort((one, other) => one.from - other.from);
  return next === undefined
    ? { outcome: 'none' }
    : {
        outcome: 'found',
        slots: { outage_text: outageSentences(next, now) },
        provenance: [outageProvenance(next)],
      };
};
