import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeCluster } from './node-cluster.ts';

/** Longer than an attempt may take: what a killed node has begun is ended by another. */
export const LOST_AFTER_MS = 61_000;
/**
 * Who has no answer although all nodes have been at rest for longer than from one sweep to the next waits for an attempt
 * that nobody will end. Each time twice as long: on a machine that is too slow a clock that runs ahead would take every
 * attempt for lost before it has ended.
 */
const HURRY_AFTER_MS = 1_500;
/** Most are answered sooner, and nobody needs to ask the nodes. */
const SOON_MS = 500;

/** Turns the clocks of a cluster for those who wait in vain; once for all who wait at the same time. */
export interface Hurry {
  /** Until the signal says that nobody waits any more. */
  during(waits: AbortSignal): Promise<void>;
  /** How often the clocks have been turned since then, UTC ms: each time all nodes that run had been at rest. */
  turnsSince(at: number): number;
}

export function createHurry(cluster: () => Pick<NodeCluster, 'rest' | 'hurry'>): Hurry {
  const turns: number[] = [];

  return {
    async during(waits) {
      const pause = (ms: number) => sleep(ms, undefined, { signal: waits }).catch(() => {});
      await pause(SOON_MS);
      for (let ms = HURRY_AFTER_MS; !waits.aborted; ms *= 2) {
        await cluster().rest();
        await pause(ms);
        await cluster().rest();
        const now = Date.now();
        if (!waits.aborted && now - (turns.at(-1) ?? 0) >= ms) {
          turns.push(now);
          // One that was stopped hears of it when it goes on.
          void cluster().hurry(LOST_AFTER_MS);
        }
      }
    },
    turnsSince: (at) => turns.filter((turn) => turn >= at).length,
  };
}
