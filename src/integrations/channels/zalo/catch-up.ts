import { z } from 'zod';
import { conversationId as idOf } from '../../../bot/conversation.ts';
import type { Clock, ConversationStore } from '../../../bot/ports.ts';
import type { ZaloApi } from './api.ts';
import type { Intake } from './intake.ts';
import { KINDS, type ListRow, listRowSchema, toWebhookEvent } from './list-row.ts';
import { CHANNEL, parseEvent } from './parse.ts';
import type { ZaloCredentials, ZaloSettings } from './settings.ts';

export interface CatchUpDeps {
  readonly api: Pick<ZaloApi, 'read'>;
  readonly intake: Intake;
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
 * longer than Zalo tries. Found ones are taken in oldest first; our own sends whose answer was lost are settled.
 */
export function createCatchUp(deps: CatchUpDeps): () => Promise<void> {
  const { api, intake, clock, credentials } = deps;
  const { oaId, appId } = credentials;

  const conversationOf = (row: ListRow) =>
    idOf({ channel: CHANNEL, account: oaId, customer: row.src === 1 ? row.from_id : row.to_id });

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

  return async () => {
    const recent = await lookThrough('/v2.0/oa/listrecentchat', {});
    const fromCustomers = recent.rows.filter(({ src, isNew }) => src === 1 && isNew);
    const found: Seen[] = [];
    const unread = new Set<string>();
    // The list may hold one row for each customer only.
    for (const customer of new Set(fromCustomers.map(({ from_id }) => from_id))) {
      const { rows, isWhole } = await lookThrough('/v2.0/oa/conversation', { user_id: customer });
      found.push(...rows);
      if (!isWhole) {
        // An earlier message of his may be missing: the next look, or a webhook, brings them in their order.
        unread.add(customer);
      }
    }
    for (const row of inOrder([...found, ...recent.rows])) {
      if (row.src !== 1) {
        await intake.settleSend(conversationOf(row), row.message_id, { text: row.message ?? undefined, at: row.time });
      } else if (row.isNew && !unread.has(row.from_id)) {
        deps.count('caught_up');
        await intake.found(parseEvent(toWebhookEvent(row, appId), oaId));
      }
    }
  };
}

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
      const person = row.src === 1 ? row.from_id : row.to_id;
      const time = Math.max(row.time, (last.get(person) ?? 0) + 1);
      last.set(person, time);
      return { ...row, time };
    });
}
