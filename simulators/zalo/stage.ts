import type { SimulatorClock } from './clock.ts';
import type { Draws } from './draws.ts';
import type { Webhook } from './webhook/create-webhook.ts';
import type { World } from './world.ts';

/** What every part of the simulator works with. `world` is replaced by a reset, so read it afresh each time. */
export interface Stage {
  world: World;
  /** For ids: from the seed of the simulator. */
  ids: Draws;
  /** For misbehaviour: from the seed of the faults. */
  draws: Draws;
  readonly clock: SimulatorClock;
  readonly webhook: Webhook;
  /** Own address, known once it listens. Media addresses in events begin with it. */
  mediaBase: string;
  /** Tells open phone pages that something happened to a user. */
  changed(userId: string): void;
}
