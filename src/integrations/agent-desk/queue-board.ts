import { createHash } from 'node:crypto';
import type { ConversationSummary, ConversationViews, DeskEvents } from '../../bot/ports.ts';

/** Everything that waits for a human or is in an agent's hands. */
export interface Board {
  /** The same on every node for the same rows. */
  readonly revision: string;
  readonly queue: readonly ConversationSummary[];
  readonly held: readonly ConversationSummary[];
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
  readonly views: ConversationViews;
  readonly events: DeskEvents;
  /** Wake-ups that come together are looked at once. */
  readonly settleMs?: number;
  /** A lost wake-up costs no more than this. */
  readonly recheckMs?: number;
}

const LIST_LIMIT = 500;

export function createQueueBoard(deps: BoardDeps): QueueBoard {
  const { views, events, settleMs = 60, recheckMs = 5_000 } = deps;
  const listeners = new Set<(revision: string) => void>();
  let told = '';
  let settling: NodeJS.Timeout | undefined;
  let stop = () => {};

  async function read(): Promise<Board> {
    const [queue, held] = await Promise.all([
      views.list({ holders: ['queue'], limit: LIST_LIMIT }),
      views.list({ holders: ['agent'], limit: LIST_LIMIT }),
    ]);
    const ordered = [...queue].sort(byUrgency);
    return { revision: revisionOf([...ordered, ...held]), queue: ordered, held };
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

/** Emergencies first, then those whose agent is gone, then whoever waits longest. */
function byUrgency(a: ConversationSummary, b: ConversationSummary): number {
  const urgency = Number(b.priority === 'emergency') - Number(a.priority === 'emergency');
  const returned = Number(b.extras.isReturned === true) - Number(a.extras.isReturned === true);
  return urgency || returned || (a.waitingSince ?? a.lastAt) - (b.waitingSince ?? b.lastAt);
}

function revisionOf(rows: readonly ConversationSummary[]): string {
  const hash = createHash('sha256');
  for (const row of rows) {
    hash.update(`${row.conversationId}\n${row.version}\n${row.holder}\n`);
  }
  return hash.digest('base64url').slice(0, 16);
}
