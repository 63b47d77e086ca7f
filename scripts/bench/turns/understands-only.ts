import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DialogState, EMPTY_DIALOG_STATE } from '../../../src/dialogs/dialog.ts';
import { toPlainText } from '../../../src/dialogs/reply.ts';
import { openDatabase } from '../../../src/integrations/storage/sqlite/database.ts';
import { loadContent } from '../../../src/load-content.ts';
import { runContestant } from './contestant.ts';
import { listen, postJson, readJson } from './json-http.ts';
import type { Update } from './messages.ts';

// What no product that understands as ours does can do without: bare Node's HTTP, our understanding and dialogs, and two
// rows in our SQLite, one before the answer is sent and one after. No order, no retries, no ledger, search, figures, limits.
runContestant(async (sinkUrl) => {
  const folder = mkdtempSync(join(tmpdir(), 'understands-only-bench-'));
  const { understand, engine } = loadContent({ cacheFolder: join(tmpdir(), 'lang-nghe-model') });
  const db = openDatabase({ path: join(folder, 'bench.sqlite') });
  db.sqlite.exec(`
    CREATE TABLE bench_turns (update_id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, said TEXT NOT NULL, state TEXT NOT NULL,
      sent_as INTEGER) STRICT`);
  const insert = db.sqlite.prepare(
    'INSERT INTO bench_turns (update_id, chat, said, state) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const mark = db.sqlite.prepare('UPDATE bench_turns SET sent_as = 1 WHERE update_id = ?');
  const states = new Map<number, DialogState>();

  async function answer({ update_id, message: { chat, text } }: Update): Promise<void> {
    const now = Date.now();
    const state = states.get(chat.id) ?? EMPTY_DIALOG_STATE;
    const understanding = understand(text, { now, expects: engine.expects(state, now) });
    const context = { conversationId: `bench:main:${chat.id}`, channel: 'bench', eventKey: `${update_id}`, now };
    const advanced = await engine.advance(state, { understanding }, { ...context, identities: {} }, async () => {
      throw new Error('Nothing of the benchmark needs an action.');
    });
    states.set(chat.id, advanced.state);
    const { changes } = await db.write('bench_turn', () =>
      insert.run(update_id, chat.id, text, JSON.stringify(advanced.state)),
    );
    if (changes === 1) {
      const words = advanced.replies.map(toPlainText).join('\n');
      await postJson(`${sinkUrl}/bot1:bench/sendMessage`, { chat_id: chat.id, text: words });
      await db.write('bench_sent', () => mark.run(update_id));
    }
  }

  const port = await listen((request, response) => {
    readJson(request)
      .then(async (body) => {
        await answer(body as Update);
        response.end();
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  return {
    port,
    async stop() {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
