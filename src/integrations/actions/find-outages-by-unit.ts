import { dayOf } from '../local-time.ts';
import { type Action, needSlot } from './action.ts';
import { elsewhere } from './elsewhere.ts';
import { tellOutages } from './tell-outages.ts';

/** Published outages of a unit of the utility, or of a company with all of its units. */
export const findOutagesByUnit: Action = async (slots, { now }, { outages, utility }) => {
  const unit = needSlot(slots, 'unit_code');
  const corporation = utility.corporationOfCode(unit, dayOf(now));
  if (corporation !== undefined && corporation.id !== utility.ours.id) {
    return elsewhere(corporation);
  }
  return tellOutages((window) => outages.forUnit(unit, window), { slots, now });
};
