import type { Stage } from '../stage.ts';
import { countUp, type SimulatedUser } from '../world.ts';
import { ControlError } from './control-error.ts';

export interface NewUser {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly isFollower?: boolean | undefined;
  readonly isAnonymous?: boolean | undefined;
  readonly isAdmin?: boolean | undefined;
  readonly isUnreachable?: boolean | undefined;
  readonly readsOnScreen?: boolean | undefined;
  /** Milliseconds since 1970; null or nothing means never. */
  readonly lastInteractionAt?: number | null | undefined;
}

/** Creates a person with a phone. Ids are decimal strings above 2^53; equal seeds give equal ids in equal order. */
export function createUser(stage: Stage, user: NewUser = {}): SimulatedUser {
  const { world, ids, clock } = stage;
  const n = countUp(world, 'users');
  const isAnonymous = user.isAnonymous ?? false;
  const created: SimulatedUser = {
    id: isAnonymous ? `anon${ids.hex(16, 'anonymous', n)}` : `24${ids.digits(17, 'user', n)}`,
    idByApp: `55${ids.digits(17, 'byApp', n)}`,
    name: user.name ?? `Khách ${n + 1}`,
    phone: user.phone ?? null,
    isAnonymous,
    conversationId: isAnonymous ? ids.hex(20, 'conversation', n) : null,
    isFollower: user.isFollower ?? false,
    lastInteractionAt: user.lastInteractionAt ?? null,
    isUnreachable: user.isUnreachable ?? false,
    hasBlockedOa: false,
    isAdmin: user.isAdmin ?? false,
    readsOnScreen: user.readsOnScreen ?? false,
    alias: '',
    tags: [],
    sharedInfo: {},
    createdAt: clock.now(),
  };
  world.users.set(created.id, created);
  stage.changed(created.id);
  return created;
}

/** The user of this id. */
export function userOf({ world }: Stage, userId: string): SimulatedUser {
  const user = world.users.get(userId);
  if (user === undefined) {
    throw new ControlError(`There is no simulated user ${userId}; create one first.`);
  }
  return user;
}
