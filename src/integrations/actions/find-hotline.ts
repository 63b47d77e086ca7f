import { hotlineOf } from '../load-utility.ts';
import { dayOf } from '../local-time.ts';
import type { CreateAction } from './action.ts';

/** Whom to call: who serves the code today, else who serves the place, else our own. */
export const createFindHotline: CreateAction = ({ utility }) => {
  return async ({ customer_code = '', place = '' }, { now }) => {
    const corporation =
      utility.corporationOfCode(customer_code, dayOf(now)) ?? utility.corporationOfPlace(place) ?? utility.ours;
    return { outcome: 'found', slots: { ...hotlineOf(corporation), corporation: corporation.name } };
  };
};
