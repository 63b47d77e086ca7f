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

  /** Everything new of one list into `found`, by message id. */
  async function lookThrough(path: string, query: object, found: Map<string, ListRow>): Promise<void> {
    const since = clock.now() - deps.settings.catchUpReachMs;
    for (let [offset, quiet] = [0, 0]; offset < MOST_PAGES * PAGE && quiet < QUIET_PAGES; offset += PAGE) {
      const rows = await page(path, { ...query, offset, count: PAGE });
      if (rows === undefined) {
        deps.count('catch_up_failed');
        return;
      }
      const inReach = rows.filter(({ time }) => time >= since);
      let isQuiet = true;
      for (const row of inReach) {
        if (row.src !== 1) {
          found.set(row.message_id, row);
        } else if (!found.has(row.message_id) && !(await isKnown(row))) {
          isQuiet = false;
          found.set(row.message_id, row);
        }
      }
      quiet = isQuiet ? quiet + 1 : 0;
      if (inReach.length < PAGE) {
        return;
      }
    }
  }

  return async () => {
    const found = new Map<string, ListRow>();
    await lookThrough('/v2.0/oa/listrecentchat', {}, found);
    // The list may hold one row for each customer only.
    const customers = new Set([...found.values()].filter(({ src }) => src === 1).map(({ from_id }) => from_id));
    for (const customer of customers) {
      await lookThrough('/v2.0/oa/conversation', { user_id: customer }, found);
    }
    for (const row of [...found.values()].sort((a, b) => a.time - b.time)) {
      if (row.src === 1) {
        deps.count('caught_up');
        await intake.found(parseEvent(toWebhookEvent(row, appId), oaId));
      } else {
        await intake.settleSend(conversationOf(row), row.message_id, { text: row.message ?? undefined, at: row.time });
      }
    }
  };
}
