import { type NodeFault, planFault } from './plan-faults.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What an agent does with one customer, and the fault that meets one of his acts. */
export interface DeskPlan {
  readonly login: 'lan' | 'minh';
  /** The node of his first act; each further act goes to the next one. */
  readonly node: number;
  /** `bot`: takes over while the bot is about to answer. `queue`: the customer has asked for a human. */
  readonly from: 'bot' | 'queue';
  /** What he says, one after the other; whether the customer writes at the same time. */
  readonly lines: readonly { readonly isInterrupted: boolean; readonly sent: Sending }[];
  /** Gives it back to the bot at the end. */
  readonly isGivenBack: boolean;
  /** Planned at the node of his n-th act when he begins it: the take-over is 0, then each line, then the giving back. */
  readonly fault: NodeFault & { readonly act: number };
}

/** `again`: its answer is taken for lost, and it goes to the next node, too. `at_once`: to both at the same time. */
export type Sending = 'once' | 'again' | 'at_once';

const MOST_LINES = 3;
/** An act is over after a few dozen pieces of the traffic of its node. */
const LAST_PIECE = { database: 24, redis: 4 } as const;

/** For half of the seeds. */
export function planDesk(random: SeededRandom, nodes: number): DeskPlan | undefined {
  if (random.integer(0, 1) === 0) {
    return undefined;
  }
  const node = random.integer(0, nodes - 1);
  const interrupted = Array.from({ length: random.integer(1, MOST_LINES) }, () => random.integer(0, 2) > 0);
  const isGivenBack = random.integer(0, 3) > 0;
  const act = random.integer(0, interrupted.length + (isGivenBack ? 1 : 0));
  const plan = {
    login: random.pick<'lan' | 'minh'>(['lan', 'minh']),
    from: random.pick<'bot' | 'queue'>(['bot', 'bot', 'queue']),
    ...{ node, isGivenBack },
    fault: { ...planFault(random, nodes, LAST_PIECE), node: (node + act) % nodes, act },
  };
  const lines = interrupted.map((isInterrupted) => ({
    isInterrupted,
    sent: random.pick<Sending>(['once', 'again', 'at_once']),
  }));
  return { ...plan, lines };
}
