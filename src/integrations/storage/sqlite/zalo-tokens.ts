import type { RefreshOutcome, TokenGeneration, TokenStore } from '../../channels/zalo/store.ts';
import type { SqliteDatabase } from './database.ts';

interface TokenRow {
  readonly generation: number;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly issued_at: number;
  readonly expires_at: number;
}

interface TryRow {
  readonly try: number;
  readonly started_at: number;
  readonly outcome: RefreshOutcome | null;
}

/** Token generations of the OAs as rows; one unique insert decides who refreshes. */
export function createSqliteZaloTokens(db: SqliteDatabase): TokenStore {
  const latest = db.sqlite.prepare<[string], TokenRow>(
    'SELECT * FROM zalo_tokens WHERE oa_id = ? ORDER BY generation DESC LIMIT 1',
  );
  const insert = db.sqlite.prepare('INSERT INTO zalo_tokens VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  // Nothing can be done any more with tokens that are two generations old.
  const dropOld = db.sqlite.prepare<[string, number]>('DELETE FROM zalo_tokens WHERE oa_id = ? AND generation < ?');
  const tries = db.sqlite.prepare<[string, number], TryRow>(
    'SELECT try, started_at, outcome FROM zalo_refreshes WHERE oa_id = ? AND generation = ? ORDER BY try',
  );
  const begin = db.sqlite.prepare('INSERT INTO zalo_refreshes VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING');
  const end = db.sqlite.prepare('UPDATE zalo_refreshes SET outcome = ? WHERE oa_id = ? AND generation = ? AND try = ?');
  return {
    async latest(oaId) {
      const row = latest.get(oaId);
      return row === undefined ? undefined : toGeneration(row);
    },
    tries: async (oaId, generation) =>
      tries.all(oaId, generation).map((row) => ({
        number: row.try,
        startedAt: row.started_at,
        ...(row.outcome !== null && { outcome: row.outcome }),
      })),
    beginTry: (oaId, generation, { number, startedAt }) =>
      db.write('zalo_refresh', () => begin.run(oaId, generation, number, startedAt).changes === 1),
    endTry: (oaId, generation, number, outcome) =>
      db.write('zalo_refresh', () => void end.run(outcome, oaId, generation, number)),
    add: (oaId, { generation, accessToken, refreshToken, issuedAt, expiresAt }) =>
      db.write('zalo_tokens', () => {
        const { changes } = insert.run(oaId, generation, accessToken, refreshToken, issuedAt, expiresAt);
        dropOld.run(oaId, generation - 1);
        return changes === 1;
      }),
  };
}

function toGeneration(row: TokenRow): TokenGeneration {
  return {
    generation: row.generation,
    accessToken: row.access_token,
    refreshToken: row.refresh_token,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
  };
}
