import type Database from 'better-sqlite3';
import { type HourCount, hourOf, type ShiftRecords, shiftCountsOf } from '../../agent-desk/shift-records.ts';
import type { SqliteDatabase } from './database.ts';
import type { TurnFollower } from './follow-turns.ts';

/** Counts topics and closings by hour. */
export function createShiftFollower(sqlite: Database.Database): TurnFollower {
  const count = sqlite.prepare<[number, HourCount['kind'], string]>(
    `INSERT INTO shift_hours (hour, kind, name, times) VALUES (?, ?, ?, 1)
     ON CONFLICT (hour, kind, name) DO UPDATE SET times = times + 1`,
  );
  return (turns) => {
    for (const turn of turns) {
      for (const { kind, name } of shiftCountsOf(turn)) {
        count.run(hourOf(turn.at), kind, name);
      }
    }
  };
}

export function createSqliteShiftRecords({ sqlite }: SqliteDatabase): ShiftRecords {
  const hours = sqlite.prepare<[number, number], HourCount>(
    'SELECT * FROM shift_hours WHERE hour >= ? AND hour < ? ORDER BY hour, kind, times DESC, name',
  );
  const waiting = sqlite.prepare<[], { waiting: number; since: number | null }>(
    "SELECT count(*) AS waiting, min(waiting_since) AS since FROM conversations WHERE holder = 'queue'",
  );
  const held = sqlite.prepare<[], { agentId: string; conversations: number }>(
    `SELECT agent_id AS agentId, count(*) AS conversations FROM conversations WHERE holder = 'agent'
     GROUP BY agent_id ORDER BY agent_id`,
  );
  return {
    hours: async ({ from, to }) => hours.all(from, to),
    async load() {
      const row = waiting.get();
      return {
        waiting: row?.waiting ?? 0,
        ...(row?.since != null && { longestWaitSince: row.since }),
        held: held.all(),
      };
    },
  };
}
