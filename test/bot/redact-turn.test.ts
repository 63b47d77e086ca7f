import { expect, test } from '@jest/globals';
import { redactTicket } from '../../src/bot/redact-ticket.ts';
import { redactTurn } from '../../src/bot/redact-turn.ts';
import type { TurnRequest } from '../../src/bot/turn.ts';
import { botMessage, sampleTurn } from '../support/sample-turn.ts';

const CODE = 'PB06010001234';

test('the cited record and its versions stay readable, the customer code in its id does not', () => {
  const provenance = [
    { record: 'bill', id: `${CODE}/2026-10/1`, version: 'import-7', asOf: '2026-11-01', contentVersion: 'c1' },
  ];
  const turn = sampleTurn('web:main:k', 1, { messages: [botMessage(1, '636.768 đ', { provenance })] });
  expect(redactTurn(turn, 9).messages[0]?.provenance).toEqual([{ ...provenance[0], id: '[đã xóa]/2026-10/1' }]);
});

test.each<TurnRequest>([
  { kind: 'send_otp', customerCode: CODE, challengeId: 'c', phone: '0912345678' },
  { kind: 'send_notice', channel: 'sms', to: '0912345678', reply: { kind: 'text', text: 'ấp 3' } },
  { kind: 'keep_media', seq: 1, number: 1, attachment: { kind: 'image', url: 'https://f/ấp 3', name: 'ấp 3' } },
  {
    kind: 'open_ticket',
    ticket: {
      ...{ number: 'SC-1', kind: 'outage', priority: 'normal', summary: 'ấp 3', customerCode: CODE },
      ...{ place: 'ấp 3', phone: '0912345678', details: { words: 'ấp 3' } },
    },
  },
])('what a turn asked for ($kind) keeps its key and says nothing of the customer', (request) => {
  const effect = { key: 'k/1/1', conversationId: 'k', at: 1, request };
  const [after] = redactTurn(sampleTurn('web:main:k', 1, { effects: [effect] }), 9).effects;
  expect(after).toMatchObject({ key: 'k/1/1', request: { kind: request.kind } });
  expect(JSON.stringify(after)).not.toMatch(/PB0601|0912345678|ấp 3/);
});

test('a ticket keeps its course', () => {
  const ticket = redactTicket(
    {
      ...{ number: 'SC-1', kind: 'outage', priority: 'high', state: 'done', createdAt: 1, customerCode: CODE },
      ...{ summary: 'ấp 3', details: { words: 'ấp 3' }, history: [{ at: 2, state: 'done', note: 'gặp cô Bưởi' }] },
    },
    9,
  );
  expect(ticket).toMatchObject({ number: 'SC-1', priority: 'high', history: [{ at: 2, state: 'done' }] });
  expect(JSON.stringify(ticket)).not.toMatch(/PB0601|ấp 3|Bưởi/);
});
