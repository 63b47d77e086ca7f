import { hotlineOf } from '../load-utility.ts';
import { dayOf } from '../local-time.ts';
import type { Action } from './action.ts';

/** Whom to call for a code or a place; our own number when neither says that somebody else is in charge. */
export const findHotline: Action = async (slots, context, { utility }) => {
  const { customer_code: code, place } = slots;
  const corporation =
    (code && utility.corporationOfCode(code, dayOf(context.now))) ||
    (place && utility.corporationOfPlace(place)) ||
    utility.ours;
  return { outcome: 'found', slots: { ...hotlineOf(corporation), corporation: corporation.name } };
};
