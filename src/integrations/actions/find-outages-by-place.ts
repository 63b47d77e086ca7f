import { type Action, needSlot } from './action.ts';
import { servedElsewhere } from './served-by.ts';
import { tellOutages } from './tell-outages.ts';

/** Published outages of a place. Without its province a name may be anywhere, so nothing is told about it. */
export const findOutagesByPlace: Action = async (slots, { now }, { outages, utility }) => {
  const place = needSlot(slots, 'place');
  const corporation = utility.corporationOfPlace(place);
  return corporation?.id === utility.ours.id
    ? tellOutages((window) => outages.forPlace(place, window), { date: slots['date'], now })
    : { outcome: 'unclear_place', replies: servedElsewhere(corporation, utility) };
};
