import { createHash } from 'node:crypto';
import type {
  Clock,
  ConversationSummary,
  ConversationViews,
  CustomerRecords,
  DeskEvents,
  OpenConversation,
} from '../../bot/ports.ts';
import { compareText } from '../compare-text.ts';
import type { QueueRow } from './desk-api/queue.ts';
import { type FoldDeps, type FoldedLine, foldQueue, type WaitingConversation } from './fold-queue.ts';
import { shareNext } from './share-next.ts';
import type { ShiftLoad } from './shift-records.ts';
import { createVulnerable } from './vulnerable.ts';

/** Everything that waits for a human or is in an agent's hands. */
export interface Board {
  /** The same on every node for the same conversations. */
  readonly revision: string;
  /** Whoever waits and is in no folded line, most urgent first. */
  readonly queue: readonly WaitingConversation[];
  /** Whoever waits about an incident with others, line by line. */
  readonly folded: readonly FoldedLine[];
  readonly held: readonly OpenConversation[];
  /** Danger that the bot was told, and nobody at the desk has seen. */
  readonly dangers: readonly ConversationSummary[];
  /** Of all that wait, folded or not, and are held. */
  readonly load: ShiftLoad;
}

/** Reads the board, and tells listeners when it has changed. */
export interface QueueBoard {
  /** Looks for changes from now on. */
  start(onError: (error: unknown) => void): void;
  /** As it stands when it is asked for, or later. */
  read(): Promise<Board>;
  /** Those of the queue in full, as far as they still wait. */
  rows(waiting: readonly WaitingConversation[]): Promise<readonly QueueRow[]>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (revision: string) => void): () => void;
  close(): void;
}

interface BoardDeps extends FoldDeps {
  readonly views: Pick<ConversationViews, 'open' | 'summaries' | 'unseenDangers'>;
  readonly events: DeskEvents;
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly clock: Clock;
  readonly longWaitMs: number;
  /** Wake-ups that come together are looked at once. */
  readonly settleMs?: number;
  /** A lost wake-up costs no more than this. */
  readonly recheckMs?: number;
}

/** What nobody has seen for longer is no alarm any more, but a thing of the records. */
const DANGER_MS = 24 * 3_600_000;
const MOST_DANGERS = 100;
/** Looking for changes takes no more than this part of the time, however long the lists are. */
const TIME_FOR_LOOKING = 0.1;

export function createQueueBoard(deps: BoardDeps): QueueBoard {
  const { views, events, customers, clock, longWaitMs, settleMs = 60, recheckMs = 5_000 } = deps;
  const listeners = new Set<(revision: string) => void>();
  const isVulnerable = createVulnerable({ customers, clock });
  let told = '';
  let tookMs = 0;
  let settling: NodeJS.Timeout | undefined;
  let stop = () => {};

  const read = shareNext(async (): Promise<Board> => {
    const startedAt = performance.now();
    const now = clock.now();
    const [open, dangers] = await Promise.all([views.open(), views.unseenDangers(now - DANGER_MS, MOST_DANGERS)]);
    const waiting = await Promise.all(
      open
        .filter(({ holder }) => holder === 'queue')
        .map(
          async (one): Promise<WaitingConversation> => ({
            ...one,
            isVulnerable: await isVulnerable(one.extras.verified ?? []),
            isLongWait: now - (one.waitingSince ?? one.lastAt) >= longWaitMs,
          }),
        ),
    );
    const held = open.filter(({ holder }) => holder === 'agent');
    const { queue, folded } = await foldQueue(waiting.sort(byUrgency), deps);
    const load = loadOf(waiting, held);
    const revision = revisionOf([...waiting, ...held, ...dangers], folded);
    const board = { revision, queue, folded, held, dangers, load };
    tookMs = performance.now() - startedAt;
    return board;
  });

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
        settling ??= setTimeout(() => tell().catch(onError), Math.max(settleMs, tookMs / TIME_FOR_LOOKING));
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
    async rows(waiting) {
      const found = await views.summaries(waiting.map(({ conversationId }) => conversationId));
      const marks = new Map(waiting.map((one) => [one.conversationId, one]));
      return found
        .filter(({ holder }) => holder === 'queue')
        .map((row) => {
          const mark = marks.get(row.conversationId);
          return { ...row, isVulnerable: mark?.isVulnerable === true, isLongWait: mark?.isLongWait === true };
        });
    },
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
const CLASSES: readonly ((one: WaitingConversation) => boolean)[] = [
  ({ priority }) => priority === 'emergency',
  ({ extras }) => extras.isReturned === true,
  (one) => one.isVulnerable,
  (one) => one.isLongWait,
  () => true,
];

function byUrgency(a: WaitingConversation, b: WaitingConversation): number {
  const classOf = (one: WaitingConversation) => CLASSES.findIndex((belongs) => belongs(one));
  return (
    classOf(a) - classOf(b) ||
    (a.waitingSince ?? a.lastAt) - (b.waitingSince ?? b.lastAt) ||
    compareText(a.conversationId, b.conversationId)
  );
}

function loadOf(waiting: readonly WaitingConversation[], held: readonly OpenConversation[]): ShiftLoad {
  const since = waiting.reduce<number | undefined>(
    (oldest, { waitingSince }) =>
      waitingSince === undefined ? oldest : Math.min(oldest ?? waitingSince, waitingSince),
    undefined,
  );
  const byAgent = Map.groupBy(held, ({ agentId = '' }) => agentId);
  return {
    waiting: waiting.length,
    ...(since !== undefined && { longestWaitSince: since }),
    held: [...byAgent]
      .map(([agentId, { length }]) => ({ agentId, conversations: length }))
      .sort((a, b) => compareText(a.agentId, b.agentId)),
  };
}

/** Of what shows on some screen: each conversation by its version, and which of them are folded. */
function revisionOf(
  open: readonly Pick<OpenConversation, 'conversationId' | 'version' | 'holder'>[],
  folded: readonly FoldedLine[],
): string {
  const hash = createHash('sha256');
  for (const { conversationId, version, holder } of open.toSorted((a, b) =>
    compareText(a.conversationId, b.conversationId),
  )) {
    hash.update(`${conversationId}\n${version}\n${holder}\n`);
  }
  for (const { incidentId, area, members } of folded) {
    hash.update(`${incidentId}\n${area}\n${members.length}\n`);
  }
  return hash.digest('base64url').slice(0, 16);
}
