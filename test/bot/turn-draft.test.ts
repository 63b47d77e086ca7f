import { describe, expect, test } from '@jest/globals';
import { createTurnDraft } from '../../src/bot/turn-draft.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import { freshConversation } from '../support/sample-turn.ts';

const BILL = { record: 'bill', id: 'PB06010001234/2026-10/1', version: 'v7', asOf: '2026-11-01' };
const CARD: Reply = { kind: 'card', title: 'Tiền điện', rows: [{ label: 'Tổng cộng', value: '636.768 đ' }] };
const QUESTION: Reply = { kind: 'text', text: 'Anh/chị cần xem thêm gì nữa không ạ?' };

function said(...replies: readonly Reply[]) {
  const content = { kind: 'customer_message', text: 'xem' } as const;
  const event = { key: 'e', conversationId: freshConversation(), orderKey: 1, receivedAt: 1, content };
  const draft = createTurnDraft({ event, head: undefined, kind: 'customer', now: 1, contentVersion: 'c1' });
  draft.say(replies, { author: 'bot', provenance: [BILL] });
  return draft.finish('t').messages.map(({ provenance }) => provenance);
}

describe('where figures come from', () => {
  test('stands at each message that tells one, with the version of the words', () => {
    const cited = [{ ...BILL, contentVersion: 'c1' }];
    expect(said(CARD, QUESTION)).toEqual([cited, undefined]);
    expect(said(CARD, CARD, QUESTION)).toEqual([cited, cited, undefined]);
  });

  test('stands at the last message when none tells a figure', () => {
    expect(said(QUESTION, QUESTION)).toEqual([undefined, [{ ...BILL, contentVersion: 'c1' }]]);
  });
});
