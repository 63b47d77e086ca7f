import type { Reply } from '../../dialogs/reply.ts';
import type { Utility } from '../load-utility.ts';
import { type Action, needSlot } from './action.ts';
import { elsewhere } from './elsewhere.ts';
import { tellOutages } from './tell-outages.ts';

/** Published outages of a place. Without its province a name may be anywhere, so nothing is told about it. */
export const findOutagesByPlace: Action = async (slots, { now }, { outages, utility, provincesOfName }) => {
  const place = needSlot(slots, 'place');
  const corporation = utility.corporationOfPlace(place);
  if (corporation === undefined) {
    return { outcome: 'unclear_place', replies: meantPlaces(place, provincesOfName, utility) };
  }
  if (corporation.id !== utility.ours.id) {
    return elsewhere(corporation);
  }
  const told = await tellOutages((window) => outages.forPlace(place, window), { slots, now });
  return { ...told, slots: { ...told.slots, place_text: place.replaceAll(' / ', ', ') } };
};

/** A name that several of our provinces have: each of them as a button. */
function meantPlaces(
  name: string,
  provincesOf: (name: string) => readonly string[],
  utility: Utility,
): readonly Reply[] {
  const provinces = provincesOf(name).filter((each) => utility.corporationOfPlace(each)?.id === utility.ours.id);
  return provinces.length === 0
    ? []
    : [
        {
          kind: 'choices',
          text: `Tên ${name} có ở nhiều nơi, anh/chị chọn tỉnh giúp mình nhé:`,
          choices: provinces.map((province) => ({ label: `${name}, ${province}`, value: `${name} / ${province}` })),
        },
      ];
}
