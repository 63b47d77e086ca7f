import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../src/integrations/storage/sqlite/database.ts';
import type { Update } from './messages.ts';

/** The least that keeps a promise: each turn once in our SQLite, before its answer is sent, and marked afterwards. */
export interface KeptTurns {
  /** Resolves when it is on the disk; `false`: it was there before. `outcome`: what is kept beside the message. */
  keep(update: Update, outcome: string): Promise<boolean>;
  /** `messageId`: under which the channel took the answer. */
  markSent(update: Update, messageId: number): Promise<void>;
  /** Throws away what was kept. */
  close(): Promise<void>;
}

export function createKeptTurns(): KeptTurns {
  const folder = mkdtempSync(join(tmpdir(), 'kept-turns-bench-'));
  const db = openDatabase({ path: join(folder, 'bench.sqlite') });
  db.sqlite.exec(`
    CREATE TABLE bench_turns (update_id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, said TEXT NOT NULL, outcome TEXT NOT NULL,
      sent_as INTEGER) STRICT`);
  const insert = db.sqlite.prepare(
    'INSERT INTO bench_turns (update_id, chat, said, outcome) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const mark = db.sqlite.prepare('UPDATE bench_turns SET sent_as = ? WHERE update_id = ?');
  return {
    keep: ({ update_id, message: { chat, text } }, outcome) =>
      db.write('bench_turn', () => insert.run(update_id, chat.id, text, outcome).changes === 1),
    markSent: ({ update_id }, messageId) => db.write('bench_sent', () => void mark.run(messageId, update_id)),
    async close() {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
