import type { AgentSlot, AgentSlots } from '../../../bot/ports.ts';
import type { SqliteDatabase } from './database.ts';

interface SlotRow {
  readonly agent_id: string;
  readonly token: string;
  readonly conversation_id: string;
  readonly at: number;
}

/** Slots as rows: the unique key of (agent, number) makes room for each conversation only once. */
export function createSqliteAgentSlots(db: SqliteDatabase): AgentSlots {
  const find = db.sqlite.prepare<[string], number>('SELECT 1 FROM agent_slots WHERE token = ?').pluck();
  const numbers = db.sqlite.prepare<[string], number>('SELECT number FROM agent_slots WHERE agent_id = ?').pluck();
  const insert = db.sqlite.prepare(
    'INSERT INTO agent_slots (agent_id, number, token, conversation_id, at) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = db.sqlite.prepare('DELETE FROM agent_slots WHERE token = ?');
  const selectOld = db.sqlite.prepare<[number, number], SlotRow>(
    'SELECT * FROM agent_slots WHERE at < ? ORDER BY at LIMIT ?',
  );

  return {
    take: ({ token, agentId, conversationId, at }: AgentSlot, limit) =>
      db.write('take_agent_slot', () => {
        if (find.get(token) !== undefined) {
          return true;
        }
        const taken = new Set(numbers.all(agentId));
        const free = Array.from({ length: limit }, (_, index) => index + 1).find((number) => !taken.has(number));
        if (free === undefined || taken.size >= limit) {
          return false;
        }
        insert.run(agentId, free, token, conversationId, at);
        return true;
      }),
    free: (token) =>
      db.write('free_agent_slot', () => {
        remove.run(token);
      }),
    taken: async (before, limit) =>
      selectOld.all(before, limit).map((row) => ({
        ...{ token: row.token, agentId: row.agent_id, conversationId: row.conversation_id, at: row.at },
      })),
  };
}
