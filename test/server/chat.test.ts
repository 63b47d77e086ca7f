import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@jest/globals';
import type { ChatTurn } from '../../scripts/chat/create-chat.ts';

const CHAT = join(import.meta.dirname, '../../scripts/chat.ts');
const NOW = '2026-11-22T09:00:00+07:00';
const TIMEOUT_MS = 60_000;

/** Talks to `scripts/chat.ts --json` as another program would: one line in, one object out. */
async function talk(
  args: readonly string[],
  say: (turns: readonly ChatTurn[]) => string | undefined,
): Promise<ChatTurn[]> {
  const child = spawn(process.execPath, [CHAT, '--json', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const turns: ChatTurn[] = [];
  for (let line = say(turns); line !== undefined; line = say(turns)) {
    child.stdin.write(`${line}\n`);
    const { value } = await lines.next();
    turns.push(JSON.parse(value as string) as ChatTurn);
  }
  child.stdin.end();
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  return turns;
}

test(
  'tells the bill over standard input and output, with its intent, its code by SMS and where the figures come from',
  async () => {
    const turns = await talk(['--now', NOW], (said) => {
      const code = /\b\d{6}\b/.exec(said.at(-1)?.sms[0]?.text ?? '')?.[0];
      return ['coi giùm chị tiền điện tháng rồi', 'PB06010001234', code][said.length];
    });
    expect(Object.keys(turns[0] ?? {})).toEqual([
      ...['said', 'replies', 'intent', 'confidence', 'entities', 'dialog', 'holder', 'sms', 'provenance'],
    ]);
    expect([turns[0]?.intent, turns[0]?.dialog, turns[0]?.holder]).toEqual(['bill_lookup', 'bill-lookup', 'bot']);
    expect(turns[0]?.entities).toMatchObject([{ type: 'billing_period', value: '2026-10' }]);
    expect(turns[2]?.replies.map(({ text }) => text).join('\n')).toContain('636.768 đ');
    expect(turns[2]?.provenance).toMatchObject([{ record: 'bill', id: expect.stringContaining('2026-10') }]);
  },
  TIMEOUT_MS,
);

test(
  'says of a ticket that was made where its number comes from, and brings the SMS that was asked for',
  async () => {
    const said = [
      'cúp điện rồi',
      'không có',
      'PB09010003001',
      'cả khu vực',
      'vừa mới mất',
      '0901234567',
      'không có',
      'có',
    ];
    const turns = await talk(['--now', NOW], ({ length }) => said[length]);
    const number = /SC\d{6}-\w+/.exec(turns.flatMap(({ replies }) => replies.map(({ text }) => text)).join())?.[0];
    const told = turns.find(({ replies }) => replies.some(({ text }) => text.includes(number ?? '?')));
    expect(told?.provenance).toEqual([
      {
        ...{ record: 'ticket', id: number, version: '1' },
        asOf: expect.stringMatching(/^2026-11-22T/),
        contentVersion: expect.stringMatching(/./),
      },
    ]);
    expect(turns.at(-1)?.sms).toEqual([{ to: '0901234567', text: expect.stringContaining(number ?? '?') }]);
  },
  TIMEOUT_MS,
);

test(
  'shows the rendering of another channel',
  async () => {
    const [turn] = await talk(['--now', NOW, '--channel', 'zalo'], (said) => ['chào em'][said.length]);
    expect(turn?.replies[0]?.rendered).toMatchObject([
      { kind: 'text', buttons: [{ title: 'Xem tiền điện', type: 'oa.query.hide' }, {}, {}, {}] },
    ]);
    const [onTeams] = await talk(['--now', NOW, '--channel', 'botframework'], (said) => ['chào em'][said.length]);
    expect(onTeams?.replies[0]?.rendered).toMatchObject([
      { textFormat: 'plain', attachments: [{ content: { buttons: [{ title: 'Xem tiền điện' }, {}, {}, {}] } }] },
    ]);
  },
  TIMEOUT_MS,
);

test.each([
  ['--help', 0],
  ['--nonsense', 1],
])('says with %s how it is used, and ends with %d', (flag, code) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHAT, flag], { encoding: 'utf8' });
  expect(status).toBe(code);
  expect(stdout + stderr).toContain('--channel web|zalo|telegram|botframework');
  expect(stderr).not.toContain(' at ');
});
