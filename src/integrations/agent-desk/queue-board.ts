import { createHash } from 'node:crypto';
import type { Clock, ConversationSummary, ConversationViews, CustomerRecords, DeskEvents } from '../../bot/ports.ts';
import type { QueueRow } from './desk-api/queue.ts';
import type { ShiftLoad, ShiftRecords } from './shift-records.ts';
import { createVulnerable } from './vulnerable.ts';

/** Everything that waits for a human or is in an agent's hands. */
export interface Board {
  /** The same on every node for the same rows. */
  readonly revision: string;
  /** Most urgent first, cut off where nobody reads on. */
  readonly queue: readonly QueueRow[];
  /** Emergencies that agents hold, then what they were told last; cut off too. For all of an agent: `listHeld`. */
  readonly held: readonly ConversationSummary[];
  /** Of all that wait and are held. */
  readonly load: ShiftLoad;
}

/** Reads the board, and tells listeners when it has changed. */
export interface QueueBoard {
  /** Looks for changes from now on. */
  start(onError: (error: unknown) => void): void;
  read(): Promise<Board>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (revision: string) => void): () => void;
  close(): void;
}

interface BoardDeps {
  readonly views: Pick<ConversationViews, 'list'>;
  readonly shift: Pick<ShiftRecords, 'load'>;
  readonly events: DeskEvents;
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly clock: Clock;
  readonly longWaitMs: number;
  /** Wake-ups that come together are looked at once. */
  readonly settleMs?: number;
  /** A lost wake-up costs no more than this. */
  readonly recheckMs?: number;
}

const LIST_LIMIT = 500;

export function createQueueBoard(deps: BoardDeps): QueueBoard {
  const { views, shift, events, customers, clock, longWaitMs, settleMs = 60, recheckMs = 5_000 } = deps;
  const listeners = new Set<(revision: string) => void>();
  const isVulnerable = createVulnerable({ customers, clock });
  let told = '';
  let settling: NodeJS.Timeout | undefined;
  let stop = () => {};

  async function read(): Promise<Board> {
    const [queue, held, load] = await Promise.all([
      views.list({ holders: ['queue'], limit: LIST_LIMIT }),
      views.list({ holders: ['agent'], limit: LIST_LIMIT }),
      shift.load(),
    ]);
    const now = clock.now();
    const rows = await Promise.all(
      queue.map(
        async (row): Promise<QueueRow> => ({
          ...row,
          isVulnerable: await isVulnerable(row.extras.verified ?? []),
          isLongWait: now - (row.waitingSince ?? row.lastAt) >= longWaitMs,
        }),
      ),
    );
    const ordered = rows.sort(byUrgency);
    return { revision: revisionOf([...ordered, ...held], load), queue: ordered, held, load };
  }

  async function tell(): Promise<void> {
    settling = undefined;
    if (listeners.size === 0) {
      return;
    }
    const { revision } = await read();
    if (revision !== told) {
      told = revision;
      for (const listener of listeners) {
        listener(revision);
      }
    }
  }

  return {
    start(onError) {
      const lookSoon = () => {
        settling ??= setTimeout(() => tell().catch(onError), settleMs);
      };
      const unsubscribe = events.subscribe(lookSoon);
      const recheck = setInterval(lookSoon, recheckMs).unref();
      stop = () => {
        unsubscribe();
        clearInterval(recheck);
        clearTimeout(settling);
      };
    },
    read,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stop();
      listeners.clear();
    },
  };
}

/** Emergencies, those whose agent is gone, the vulnerable, long waits; within each, whoever waits longest. */
const CLASSES: readonly ((row: QueueRow) => boolean)[] = [
  ({ priority }) => priority === 'emergency',
  ({ extras }) => extras.isReturned === true,
  (row) => row.isVulnerable,
  (row) => row.isLongWait,
  () => true,
];

function byUrgency(a: QueueRow, b: QueueRow): number {
  const classOf = (row: QueueRow) => CLASSES.findIndex((belongs) => belongs(row));
  return classOf(a) - classOf(b) || (a.waitingSince ?? a.lastAt) - (b.waitingSince ?? b.lastAt);
}

/** What is cut off shows in the counts: whoever writes there comes to the top, whoever leaves is counted no more. */
function revisionOf(rows: readonly ConversationSummary[], load: ShiftLoad): string {
  const hash = createHash('sha256').update(JSON.stringify(load));
  for (const row of rows) {
    hash.update(`${row.conversationId}\n${row.version}\n${row.holder}\n`);
  }
  return hash.digest('base64url').slice(0, 16);
}
