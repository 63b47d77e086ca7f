import type { Colleague } from '../colleague.ts';
import type { Clock, Ids } from '../ports.ts';
import { type CrisisFacts, type CrisisMessage, isInForce } from './crisis-message.ts';
import type { CrisisRecords } from './crisis-records.ts';

export interface ChangeCrisisDeps {
  readonly crises: Pick<CrisisRecords, 'append' | 'crisis'>;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'ticketNumber'>;
}

export type CrisisChange =
  | { readonly result: 'changed'; readonly message: CrisisMessage }
  /** Somebody has changed it since the version that was seen. */
  | { readonly result: 'stale'; readonly message: CrisisMessage }
  /** It has expired or was withdrawn: a new one must be made. */
  | { readonly result: 'ended'; readonly message: CrisisMessage }
  | { readonly result: 'not_found' };

export interface ChangeCrisis {
  publish(facts: CrisisFacts, by: Colleague): Promise<CrisisMessage>;
  /** A change of the version that stands on the screen: other words, another expiry, or its withdrawal. */
  change(id: string, seenVersion: number, facts: CrisisFacts, by: Colleague): Promise<CrisisChange>;
}

/** Writes crisis messages: each change is one insert of the next version, so of two writers one always learns of the other. */
export function createChangeCrisis({ crises, clock, ids }: ChangeCrisisDeps): ChangeCrisis {
  return {
    async publish(facts, by) {
      const now = clock.now();
      const message = { ...facts, id: ids.ticketNumber('TK', now), version: 1, updatedAt: now, changedBy: by };
      if ((await crises.append(message)) === 'version_taken') {
        throw new Error('The number of a new crisis message is taken: two numbers were drawn alike. Try again.');
      }
      return message;
    },
    async change(id, seenVersion, facts, by) {
      const before = await crises.crisis(id);
      if (before === undefined) {
        return { result: 'not_found' };
      }
      if (before.version !== seenVersion) {
        return { result: 'stale', message: before };
      }
      const now = clock.now();
      if (!isInForce(before, now)) {
        return { result: 'ended', message: before };
      }
      // "Cập nhật lúc" must not go back on a node whose clock is late.
      const updatedAt = Math.max(now, before.updatedAt);
      const message = { ...facts, id, version: before.version + 1, updatedAt, changedBy: by };
      if ((await crises.append(message)) === 'appended') {
        return { result: 'changed', message };
      }
      return { result: 'stale', message: (await crises.crisis(id)) ?? before };
    },
  };
}

/** What its author has said in a version, to change some of it. Whether a version is told is said anew of each. */
export function factsOfCrisis(message: CrisisMessage): CrisisFacts {
  const { id: _id, version: _version, updatedAt: _at, changedBy: _by, isTold: _isTold, ...facts } = message;
  return facts;
}
