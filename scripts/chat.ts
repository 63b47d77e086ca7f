import { createInterface } from 'node:readline/promises';
import { createChat } from './chat/create-chat.ts';
import { printTurn } from './chat/print-turn.ts';
import { CHAT_CHANNELS } from './chat/render-for-channel.ts';
import { readFlags } from './read-flags.ts';

/**
 * `npm run chat`: talk to the bot in a terminal. With `--json`: one customer line per line of standard input, one JSON
 * object per turn on standard output, and nothing else.
 */
const USAGE = `Talks to the bot in a terminal, over the demo's data in memory. Nothing is kept.

  npm run chat -- [--json] [--now TIME] [--data FOLDER] [--channel ${CHAT_CHANNELS.join('|')}]

  --json     each line of standard input is a message, each line of standard output a turn as JSON
  --now      when the conversation begins, for example 2026-11-22T09:00:00+07:00
  --data     files of docs/data-format.md in place of the demo's data
  --channel  what that channel would be sent; botframework is Teams`;

const { values } = readFlags(USAGE, {
  options: {
    json: { type: 'boolean', default: false },
    now: { type: 'string' },
    data: { type: 'string' },
    channel: { type: 'string', default: 'web' },
  },
});

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const startAt = values.now === undefined ? Date.now() : Date.parse(values.now);
if (Number.isNaN(startAt)) {
  fail(`--now needs an ISO time such as 2026-11-22T09:00:00+07:00, got ${JSON.stringify(values.now)}.`);
}
const channel = CHAT_CHANNELS.find((known) => known === values.channel);
if (channel === undefined) {
  fail(`--channel needs one of ${CHAT_CHANNELS.join(', ')}, got ${JSON.stringify(values.channel)}.`);
}

const chat = await createChat({
  startAt,
  channel,
  ...(values.data !== undefined && { dataFolder: values.data }),
}).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
const terminal = createInterface({ input: process.stdin, terminal: false });
if (!values.json) {
  console.log('Lắng Nghe. Gõ tin nhắn rồi Enter; Ctrl+D để thoát.');
  for (const hint of chat.hints) {
    console.log(`  ${hint.code}  ${hint.note}`);
  }
}
for await (const line of terminal) {
  const turn = await chat.say(line);
  console.log(values.json ? JSON.stringify(turn) : printTurn(turn));
}
await chat.close();
