import type { Campaign, CampaignState, CampaignStore } from '../../../bot/notices/campaign.ts';
import type { SqliteDatabase } from './database.ts';

interface Row {
  readonly state: CampaignState;
  readonly seen: number;
  readonly cursor: string | null;
  readonly record: string;
}

/** Campaigns as rows; how far each has come stands in columns of its own. */
export function createSqliteCampaignStore(db: SqliteDatabase): CampaignStore {
  const insert = db.sqlite.prepare<[object]>(
    `INSERT INTO campaigns (id, subject, created_at, state, seen, cursor, record)
     VALUES (@id, @subject, @createdAt, @state, @seen, @cursor, @record) ON CONFLICT (id) DO NOTHING`,
  );
  const select = db.sqlite.prepare<[string], Row>('SELECT * FROM campaigns WHERE id = ?');
  const selectLatest = db.sqlite.prepare<[string], Row>(
    'SELECT * FROM campaigns WHERE subject = ? ORDER BY created_at DESC, id DESC LIMIT 1',
  );
  const selectList = db.sqlite.prepare<[object], Row>(
    `SELECT * FROM campaigns WHERE @states IS NULL OR state IN (SELECT value FROM json_each(@states))
     ORDER BY created_at DESC, id DESC LIMIT @limit`,
  );
  const advance = db.sqlite.prepare<[object]>(
    'UPDATE campaigns SET seen = @seen, cursor = @cursor WHERE id = @id AND seen <= @seen',
  );
  const change = db.sqlite.prepare<[CampaignState, string]>(
    "UPDATE campaigns SET state = ? WHERE id = ? AND state IN ('running', 'paused')",
  );

  return {
    create: (campaign) =>
      db.write('create_campaign', () => {
        const { id, subject, createdAt, progress } = campaign;
        const { state, seen, cursor = null } = progress;
        const record = JSON.stringify(campaign);
        return insert.run({ id, subject, createdAt, state, seen, cursor, record }).changes > 0;
      }),
    find: async (id) => toCampaign(select.get(id)),
    latest: async (subject) => toCampaign(selectLatest.get(subject)),
    list: async ({ states, limit }) =>
      selectList
        .all({ states: states === undefined ? null : JSON.stringify(states), limit })
        .flatMap((row) => toCampaign(row) ?? []),
    advance: (id, { seen, cursor = null }) =>
      db.write('advance_campaign', () => void advance.run({ id, seen, cursor })),
    change: (id, state) => db.write('change_campaign', () => change.run(state, id).changes > 0),
  };
}

function toCampaign(row: Row | undefined): Campaign | undefined {
  if (row === undefined) {
    return undefined;
  }
  const campaign = JSON.parse(row.record) as Campaign;
  const { state, seen, cursor } = row;
  return { ...campaign, progress: { total: campaign.progress.total, state, seen, ...(cursor !== null && { cursor }) } };
}
