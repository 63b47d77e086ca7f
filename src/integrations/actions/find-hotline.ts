import { hotlineOf } from '../load-utility.ts';
import type { Action } from './action.ts';
import { corporationFor } from './served-by.ts';

/** Whom to call for a place or a code; our own number when neither says that somebody else is in charge. */
export const findHotline: Action = async (slots, { now }, { utility }) => {
  const corporation = corporationFor(slots, now, utility) ?? utility.ours;
  return { outcome: 'found', slots: { ...hotlineOf(corporation), corporation: corporation.name } };
};
