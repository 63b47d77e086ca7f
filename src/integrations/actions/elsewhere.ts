import type { ActionResult } from '../../dialogs/run-action.ts';
import { type Corporation, hotlineOf } from '../load-utility.ts';

/** Another corporation serves there: how to reach it. */
export function elsewhere(corporation: Corporation): ActionResult {
  return {
    outcome: 'elsewhere',
    slots: {
      corporation: corporation.name,
      corporation_hotline: hotlineOf(corporation).hotline,
      corporation_website: corporation.website,
    },
  };
}
