import type { RatingRecord, RatingRecords } from '../../../bot/ports.ts';
import type { SqliteDatabase } from './database.ts';

interface RatingRow {
  readonly conversation_id: string;
  readonly closing: number;
  readonly score: number;
  readonly agent_id: string;
  readonly at: number;
}

/** Ratings as the projection of turns wrote them. */
export function createSqliteRatingRecords({ sqlite }: SqliteDatabase): RatingRecords {
  const select = sqlite.prepare<[number, number, number], RatingRow>(
    'SELECT * FROM ratings WHERE at >= ? AND at < ? ORDER BY at DESC, conversation_id LIMIT ?',
  );
  return {
    ratings: async ({ from, to, limit }) => select.all(from, to, limit).map(toRating),
  };
}

function toRating(row: RatingRow): RatingRecord {
  return {
    conversationId: row.conversation_id,
    closing: row.closing,
    score: row.score,
    agentId: row.agent_id,
    at: row.at,
  };
}
