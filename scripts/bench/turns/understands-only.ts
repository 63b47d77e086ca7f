import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DialogState, EMPTY_DIALOG_STATE } from '../../../src/dialogs/dialog.ts';
import { toPlainText } from '../../../src/dialogs/reply.ts';
import { loadContent } from '../../../src/load-content.ts';
import { runContestant } from './contestant.ts';
import { listen, postJson, readJson } from './json-http.ts';
import { createKeptTurns } from './keep-turns.ts';
import type { Update } from './messages.ts';

// What no product that understands as ours does can do without: bare Node's HTTP, our understanding and dialogs, and two
// rows in our SQLite, one before the answer is sent and one after. No order, no retries, no ledger, search, figures, limits.
runContestant(async (sinkUrl) => {
  const { understand, engine } = loadContent({ cacheFolder: join(tmpdir(), 'lang-nghe-model') });
  const kept = createKeptTurns();
  const states = new Map<number, DialogState>();

  async function answer(update: Update): Promise<void> {
    const { chat, text } = update.message;
    const now = Date.now();
    const state = states.get(chat.id) ?? EMPTY_DIALOG_STATE;
    const understanding = understand(text, { now, expects: engine.expects(state, now) });
    const context = { conversationId: `bench:main:${chat.id}`, channel: 'bench', eventKey: `${update.update_id}`, now };
    const advanced = await engine.advance(state, { understanding }, { ...context, identities: {} }, async () => {
      throw new Error('Nothing of the benchmark needs an action.');
    });
    states.set(chat.id, advanced.state);
    if (await kept.keep(update, JSON.stringify(advanced.state))) {
      const words = advanced.replies.map(toPlainText).join('\n');
      await postJson(`${sinkUrl}/bot1:bench/sendMessage`, { chat_id: chat.id, text: words });
      await kept.markSent(update, 1);
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
  return { port, stop: kept.close };
});
