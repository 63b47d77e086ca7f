import { hotlineOf } from '../load-utility.ts';
import type { Action } from './action.ts';
import { corporationFor } from './served-by.ts';

/** Who serves the place or the code that the customer named. */
export const findCorporation: Action = async (slots, { now }, { utility }) => {
  const corporation = corporationFor(slots, now, utility);
  if (corporation === undefined) {
    return { outcome: 'unknown' };
  }
  if (corporation.id === utility.ours.id) {
    return { outcome: 'ours' };
  }
  return {
    outcome: 'elsewhere',
    slots: {
      corporation: corporation.name,
      corporation_hotline: hotlineOf(corporation).hotline,
      corporation_website: corporation.website,
    },
  };
};
