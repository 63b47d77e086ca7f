import type { ActRequest, PersonalAct } from '../act-bodies.ts';

/**
 * `POST acts/<act>`. `key` is made by the client, once per act: sent again after a lost answer, it is the same act.
 */
export type { ActRequest, PersonalAct };

export interface ActAnswer {
  readonly version: number;
}

/** Every refusal of the API. */
export interface DeskRefusal {
  /** `stale_screen`, `held_by_other`, `not_holder`, `closed`, `not_found`, `no_session`, `wrong_login`, … */
  readonly code: string;
  /** For the agent, in Vietnamese. */
  readonly message: string;
}
