import { type Action, needSlot } from './action.ts';
import { elsewhere } from './elsewhere.ts';
import { tellOutages } from './tell-outages.ts';

/** Published outages of a place. Without its province a name may be anywhere, so nothing is told about it. */
export const findOutagesByPlace: Action = async (slots, { now }, { outages, utility }) => {
  const place = needSlot(slots, 'place');
  const corporation = utility.corporationOfPlace(place);
  if (corporation === undefined) {
    return { outcome: 'unclear_place' };
  }
  if (corporation.id !== utility.ours.id) {
    return elsewhere(corporation);
  }
  const told = await tellOutages((window) => outages.forPlace(place, window), { slots, now });
  return { ...told, slots: { ...told.slots, place_text: place.replaceAll(' / ', ', ') } };
};
