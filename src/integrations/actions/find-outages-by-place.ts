import type { ActionResult } from '../../dialogs/run-action.ts';
import { type Corporation, hotlineOf } from '../load-utility.ts';
import { type Action, needSlot } from './action.ts';
import { tellOutages } from './tell-outages.ts';

/** Published outages of a place. Without its province a name may be anywhere, so nothing is told about it. */
export const findOutagesByPlace: Action = async (slots, { now }, { outages, utility }) => {
  const place = needSlot(slots, 'place');
  const corporation = utility.corporationOfPlace(place);
  if (corporation === undefined) {
    return { outcome: 'unclear_place' };
  }
  return corporation.id === utility.ours.id
    ? tellOutages((window) => outages.forPlace(place, window), { date: slots['date'], now })
    : servedElsewhere(corporation);
};

function servedElsewhere(corporation: Corporation): ActionResult {
  const { hotline, hotline_tel } = hotlineOf(corporation);
  return {
    outcome: 'unclear_place',
    replies: [
      {
        kind: 'choices',
        text: `Nơi này do ${corporation.name} phục vụ nên mình không có lịch ở đó. Anh/chị gọi ${hotline} để hỏi nhé.`,
        choices: [],
        links: [{ label: `Gọi ${hotline}`, href: `tel:${hotline_tel}` }],
      },
    ],
  };
}
