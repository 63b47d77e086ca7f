import { parseConversationId } from '../../../bot/conversation.ts';
import { LINKED_BEFORE_MS, type OutageReports } from '../../../bot/incidents/outage-report.ts';
import { compareText } from '../../compare-text.ts';
import type { SqliteDatabase } from './database.ts';

const READ_AT_ONCE = 1_000;

/** Counts who reported, in small pieces: in a storm there are tens of thousands, and no message shall wait for all of them. */
export function createCountReporters(
  { sqlite }: SqliteDatabase,
  readAtOnce = READ_AT_ONCE,
): OutageReports['reportersIn'] {
  const selectPiece = sqlite.prepare<
    [object],
    { readonly id: string; readonly at: number; readonly conversationId: string }
  >(
    `SELECT id, at, conversation_id AS conversationId FROM outage_reports
     WHERE (at, id) > (@at, @id) AND at >= @at AND at < @to AND record ->> 'kind' IN ('reported', 'asked')
     ORDER BY at, id LIMIT @limit`,
  );
  const selectLinked = sqlite
    .prepare<[object], string>(
      `SELECT DISTINCT conversation_id FROM incident_links
       WHERE conversation_id IN (SELECT value FROM json_each(@ids)) AND reported_at >= @from AND reported_at < @to`,
    )
    .pluck();

  async function reportersOf(from: number, to: number): Promise<readonly string[]> {
    const reporters = new Set<string>();
    for (let after = { at: from, id: '' }; ; ) {
      const piece = selectPiece.all({ ...after, to, limit: readAtOnce });
      for (const { conversationId } of piece) {
        reporters.add(conversationId);
      }
      const last = piece.at(-1);
      if (last === undefined || piece.length < readAtOnce) {
        return [...reporters];
      }
      after = last;
      await new Promise(setImmediate);
    }
  }

  return async ({ from, to }) => {
    const byChannel = new Map<string, { channel: string; reporters: number; grouped: number }>();
    const countOf = (id: string) => {
      const { channel } = parseConversationId(id);
      const count = byChannel.get(channel) ?? { channel, reporters: 0, grouped: 0 };
      byChannel.set(channel, count);
      return count;
    };
    const reporters = await reportersOf(from, to);
    for (let next = 0; next < reporters.length; next += readAtOnce) {
      const piece = reporters.slice(next, next + readAtOnce);
      for (const id of piece) {
        countOf(id).reporters += 1;
      }
      for (const id of selectLinked.all({ ids: JSON.stringify(piece), from: from - LINKED_BEFORE_MS, to })) {
        countOf(id).grouped += 1;
      }
      await new Promise(setImmediate);
    }
    return [...byChannel.values()].sort((one, other) => compareText(one.channel, other.channel));
  };
}
