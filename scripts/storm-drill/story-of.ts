import type { Turn } from '../../src/bot/turn.ts';
import type { SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { type TurnRow, toTurn } from '../../src/integrations/storage/sqlite/turn-row.ts';
import type { PersonRecord } from './judge-storm-drill.ts';
import type { LivePerson } from './live-person.ts';

const MOST_STORIES = 20;

/** All that is known of the first customers of whom these lines speak: for whoever has to find out why it went wrong. */
export function storiesOf(
  db: SqliteDatabase,
  people: readonly LivePerson[],
  records: readonly PersonRecord[],
  lines: readonly string[],
): readonly string[] {
  const numbers = lines.flatMap((line) =>
    Array.from(line.matchAll(/customer (\d+) /g), ([, number]) => Number(number)),
  );
  const named = new Set(numbers);
  return records
    .map((record, index) => ({ record, id: people[index]?.phone.conversationId() ?? '' }))
    .filter(({ record }) => named.has(record.person.number))
    .slice(0, MOST_STORIES)
    .map(({ record, id }) => storyOf(db, id, record));
}

function storyOf({ sqlite }: SqliteDatabase, conversationId: string, record: PersonRecord): string {
  const rows = <T>(sql: string) => sqlite.prepare<[string], T>(sql).all(conversationId);
  const turns = rows<TurnRow>('SELECT * FROM turns WHERE conversation_id = ? ORDER BY version').map(toTurn);
  const table = (name: string) =>
    rows<object>(`SELECT * FROM ${name} WHERE conversation_id = ?`).map((row) => `  ${name} ${JSON.stringify(row)}`);
  return [
    `--- ${conversationId} ${JSON.stringify({ ...record, seen: undefined })}`,
    ...record.seen.map(({ text, at }) => `  seen ${timeOf(at)} ${JSON.stringify(text)}`),
    ...turns.map(lineOf),
    ...['deliveries', 'attempts', 'effects', 'notices', 'inbound_events', 'outage_reports', 'incident_links'].flatMap(
      table,
    ),
  ].join('\n');
}

function lineOf({ version, kind, at, act, understanding, messages, effects, state }: Turn): string {
  const said = messages
    .map(({ author, content, reply }) => `${author}: ${JSON.stringify(reply ?? content)}`)
    .join(' | ');
  const done = effects.map(({ request }) => request.kind).join(', ');
  const { holder, epoch, dialogs } = state;
  const after = JSON.stringify({ holder, epoch, dialogs });
  return `  turn ${version} ${timeOf(at)} ${act ?? kind} ${understanding?.intent ?? ''} [${said}] effects: ${done} → ${after}`;
}

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}
