import { z } from 'zod';
import { conversationId as idOf } from '../../../bot/conversation.ts';
import type { Clock, ConversationStore } from '../../../bot/ports.ts';
import type { ZaloApi } from './api.ts';
import type { Hold } from './hold.ts';
import type { Intake } from './intake.ts';
import { KINDS, type ListRow, listRowSchema, toWebhookEvent } from './list-row.ts';
import { CHANNEL, parseEvent } from './parse.ts';
import type { ZaloCredentials, ZaloSettings } from './settings.ts';

export interface CatchUpDeps {
  readonly api: Pick<ZaloApi, 'read'>;
  readonly intake: Intake;
  readonly hold: Pick<Hold, 'only' | 'release'>;
  /** Hands over what has waited for what the lists have. */
  readonly handOver: () => Promise<void>;
  readonly conversations: Pick<ConversationStore, 'isHandled'>;
  readonly clock: Clock;
  readonly credentials: Pick<ZaloCredentials, 'appId' | 'oaId'>;
  readonly settings: Pick<ZaloSettings, 'catchUpReachMs'>;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly count: (what: string) => void;
}

const PAGE = 10;
const MOST_PAGES = 200;
/** So many pages without anything new: the rest has been seen, too. */
const QUIET_PAGES = 3;

/** A row, and whether it is none that we have handled. */
type Seen = ListRow & { readonly isNew: boolean };

const pageSchema = z.array(z.unknown());

/**
 * Looks through Zalo's lists of the latest messages for those that no webhook has brought, because it was down for
 * longer than Zalo tries. Found ones are taken in customer by customer, whoever has waited longest first, each one's oldest
 * first, and before what a webhook brings of him meanwhile; our own sends whose answer was lost are settled.
 */
export function createCatchUp(deps: CatchUpDeps): () => Promise<void> {
  const { api, intake, hold, clock, credentials } = deps;
  const { oaId, appId } = credentials;

  const talkWith = (customer: string) => idOf({ channel: CHANNEL, account: oaId, customer });
  const conversationOf = (row: ListRow) => talkWith(personOf(row));

  async function isKnown(row: ListRow): Promise<boolean> {
    for (const kind of KINDS) {
      const key = `${CHANNEL}/${oaId}/user_send_${kind}/${row.message_id}`;
      if (await deps.conversations.isHandled(conversationOf(row), key)) {
        return true;
      }
    }
    return false;
  }

  /** `undefined`: the list cannot be had. */
  async function page(path: string, query: object): Promise<readonly ListRow[] | undefined> {
    const result = await api.read(path, query);
    if (result.kind === 'paused') {
      await deps.sleep(result.afterMs);
      return page(path, query);
    }
    const rows = result.kind === 'ok' ? pageSchema.safeParse(result.data) : undefined;
    return rows?.data?.flatMap((row) => listRowSchema.safeParse(row).data ?? []);
  }

  /** The rows of one list until nothing is new, the newest first. `isWhole`: false when it could not be had to its end. */
  async function lookThrough(path: string, query: object): Promise<{ rows: readonly Seen[]; isWhole: boolean }> {
    const since = clock.now() - deps.settings.catchUpReachMs;
    const rows: Seen[] = [];
    for (let [offset, quiet] = [0, 0]; offset < MOST_PAGES * PAGE && quiet < QUIET_PAGES; offset += PAGE) {
      const listed = await page(path, { ...query, offset, count: PAGE });
      if (listed === undefined) {
        deps.count('catch_up_failed');
        return { rows, isWhole: false };
      }
      const inReach = listed.filter(({ time }) => time >= since);
      let isQuiet = true;
      for (const row of inReach) {
        const isNew = row.src !== 1 || !(await isKnown(row));
        isQuiet &&= row.src !== 1 || !isNew;
        rows.push({ ...row, isNew });
      }
      quiet = isQuiet ? quiet + 1 : 0;
      if (inReach.length < PAGE) {
        break;
      }
    }
    return { rows, isWhole: true };
  }

  /** What the lists have of one customer is taken in; then what he has written meanwhile may follow. */
  async function takeUp(customer: string, recent: readonly Seen[]): Promise<void> {
    const { rows, isWhole } = await lookThrough('/v2.0/oa/conversation', { user_id: customer });
    for (const row of inOrder([...rows, ...recent])) {
      if (row.src !== 1) {
        await settleSend(row);
      } else if (row.isNew && isWhole) {
        // Without the whole list an earlier message of his may be missing: the next look, or a webhook, brings them in order.
        deps.count('caught_up');
        await intake.found(parseEvent(toWebhookEvent(row, appId), oaId));
      }
    }
  }

  const settleSend = (row: ListRow) =>
    intake.settleSend(conversationOf(row), row.message_id, { text: row.message ?? undefined, at: row.time });

  async function look(): Promise<void> {
    const { rows } = await lookThrough('/v2.0/oa/listrecentchat', {});
    const byPerson = Map.groupBy(rows, personOf);
    const recent = inOrder(rows);
    const unread = new Set(recent.filter(({ src, isNew }) => src === 1 && isNew).map(personOf));
    hold.only([...unread].map(talkWith));
    await deps.handOver();
    for (const row of recent.filter((row) => !unread.has(personOf(row)))) {
      await settleSend(row);
    }
    // The list may hold one row for each customer only.
    for (const customer of unread) {
      await takeUp(customer, byPerson.get(customer) ?? []);
      hold.release(talkWith(customer));
      await deps.handOver();
    }
  }

  let running: Promise<void> | undefined;
  return () => {
    running ??= look().finally(() => {
      // Whatever went wrong with the lists: nobody waits for them any more.
      hold.only([]);
      running = undefined;
    });
    return running;
  };
}

const personOf = (row: ListRow) => (row.src === 1 ? row.from_id : row.to_id);

/**
 * Each row once, the oldest first. Lists have the newest first, also of two messages of one millisecond: each gets a time
 * of its own, as the events of the webhook have, or nothing would say which of them was written first.
 */
function inOrder(newestFirst: readonly Seen[]): readonly Seen[] {
  const once = new Map(newestFirst.map((row) => [row.message_id, row]));
  const last = new Map<string, number>();
  return [...once.values()]
    .reverse()
    .sort((a, b) => a.time - b.time)
    .map((row) => {
      const person = personOf(row);
      const time = Math.max(row.time, (last.get(person) ?? 0) + 1);
      last.set(person, time);
      return { ...row, time };
    });
}
