import type { GateFault } from './faulty-gate.ts';
import type { ClusterNode } from './node-cluster.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface NodeFault {
  readonly node: number;
  readonly at: 'database' | 'redis';
  /** At the n-th piece of traffic there. */
  readonly piece: number;
  readonly kind: 'kill' | 'pause' | 'drop' | 'slow';
  readonly forMs: number;
}

type LastPiece = Readonly<Record<NodeFault['at'], number>>;

const MOST_FAULTS = 4;
const LONGEST_PAUSE_MS = 8_000;

export function planFaults(random: SeededRandom, nodes: number, last: LastPiece): readonly NodeFault[] {
  return Array.from({ length: random.integer(1, MOST_FAULTS) }, () => planFault(random, nodes, last));
}

export function planFault(random: SeededRandom, nodes: number, last: LastPiece): NodeFault {
  const at = random.pick(['database', 'database', 'database', 'redis'] as const);
  return {
    node: random.integer(0, nodes - 1),
    at,
    piece: random.integer(1, last[at]),
    kind: random.pick(['kill', 'pause', 'drop', 'slow'] as const),
    forMs: random.integer(500, LONGEST_PAUSE_MS),
  };
}

/** The fault strikes when so many pieces have passed from now on; then its words are told. */
export function awaitFault(nodes: readonly ClusterNode[], fault: NodeFault, onStruck: (what: string) => void): void {
  const { at, kind, piece } = fault;
  const node = nodes[fault.node];
  node?.[at].plan(piece, () => {
    onStruck(`${kind} node ${fault.node + 1} at ${at} ${piece}`);
    return strike(node, fault);
  });
}

function strike(struck: ClusterNode, { kind, forMs }: NodeFault): GateFault {
  if (kind === 'kill') {
    struck.kill();
    return 'drop';
  }
  if (kind === 'pause') {
    struck.pause(forMs);
    return 'pass';
  }
  return kind;
}
