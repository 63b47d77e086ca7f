import { hotlineOf } from '../load-utility.ts';
import type { CreateAction } from './action.ts';
import { scheduleResult } from './outage-cards.ts';
import { scheduleWindow } from './schedule-window.ts';

/** Planned outages and incidents by place. A whole province, or a word that is no place, needs to be said better. */
export const createFindOutagesByPlace: CreateAction = ({ outages, utility }) => {
  return async ({ place = '', date }, { now }) => {
    const corporation = utility.corporationOfPlace(place);
    if (corporation !== undefined && corporation.id !== utility.ours.id) {
      const text = `Khu vực này do ${corporation.name} quản lý, anh/chị vui lòng gọi ${hotlineOf(corporation).hotline} giúp mình nhé.`;
      return { outcome: 'unclear_place', replies: [{ kind: 'text', text }] };
    }
    const isWholeProvince = utility.provinceNames(place).length > 0;
    if (isWholeProvince || place.trim() === '') {
      return { outcome: 'unclear_place' };
    }
    const window = scheduleWindow(date, now);
    const found = await outages.forPlace(place, window);
    // Nothing found for words that name no province is no proof that nothing is planned there.
    return found.length === 0 && corporation === undefined
      ? { outcome: 'unclear_place' }
      : scheduleResult(found, window);
  };
};
