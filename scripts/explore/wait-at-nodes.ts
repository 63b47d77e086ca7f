import { createHurry, type Hurry } from './hurry.ts';
import type { NodeCluster } from './node-cluster.ts';
import type { Manner } from './web-customer.ts';

/** How everybody waits who has to do with a cluster. */
export interface NodeWaits {
  /** Who waits in vain gives up within minutes after the last fault was over. */
  readonly manner: Manner;
  /** Resolves with what `wait` does; the clocks are turned while that takes long. */
  during<T>(wait: () => Promise<T>): Promise<T>;
  /** The address of the next node, again and again. */
  anyNode(): string;
}

/**
 * Who has waited for so long since the last fault was over, while the clocks were turned so often, waits in vain. The
 * clocks are turned only when all nodes are at rest, so that a machine which is too slow is not taken for a product that
 * has forgotten somebody.
 */
const QUIET_MS = 150_000;
const ENOUGH_TURNS = 3;
/** Also when the nodes never come to rest. */
const LONGEST_QUIET_MS = 480_000;
/** Also when there is no end of the faults, as a node does not start any more. */
const LONGEST_WAIT_MS = 20 * 60_000;
/** They look so seldom that their looking is not most of what the nodes do. */
const PAUSE_MS = 150;
/** Longer than a node is stopped. */
const CALL_MS = 60_000;

export function createNodeWaits(
  cluster: () => Pick<NodeCluster, 'nodes' | 'quietMs' | 'rest' | 'hurry'>,
  hurry: Hurry = createHurry(cluster),
): NodeWaits {
  let calls = 0;

  function givesUp(since: number): boolean {
    const now = Date.now();
    const quietMs = Math.min(now - since, cluster().quietMs());
    const isForgotten = quietMs > QUIET_MS && hurry.turnsSince(now - quietMs) >= ENOUGH_TURNS;
    return isForgotten || quietMs > LONGEST_QUIET_MS || now - since > LONGEST_WAIT_MS;
  }

  return {
    manner: { givesUp, pauseMs: PAUSE_MS, callMs: CALL_MS },
    async during(wait) {
      const waiting = new AbortController();
      void hurry.during(waiting.signal);
      try {
        return await wait();
      } finally {
        waiting.abort();
      }
    },
    anyNode() {
      const { nodes } = cluster();
      calls += 1;
      return nodes[calls % nodes.length]?.address() ?? '';
    },
  };
}
