import { describe, expect, test } from '@jest/globals';
import type { DeskTalk } from '../../scripts/explore/desk-talk.ts';
import { judgeDeskTalk } from '../../scripts/explore/judge-desk-talk.ts';
import { createNodeWaits } from '../../scripts/explore/wait-at-nodes.ts';
import type { SeenActivity } from '../../scripts/explore/web-customer.ts';
import type { DeliveryState } from '../../src/bot/message.ts';
import type { DeskMessage } from '../../src/integrations/agent-desk/desk-api/conversation.ts';

const AT = 1_790_000_000_000;
const LINE = 'Dạ, em nghe ạ.';

function spoken(seq: number, author: 'bot' | 'agent', text: string, delivery: DeliveryState = 'accepted'): DeskMessage {
  return { seq, author, delivery, direction: 'out', at: AT, epoch: 1, version: seq, reply: { kind: 'text', text } };
}

function written(seq: number, id: string): DeskMessage {
  const frame = { seq, author: 'customer', direction: 'in', at: AT, epoch: 1, version: seq } as const;
  return { ...frame, authorId: `web/main/${id}`, content: { text: id } };
}

/** What the customer sees of a thread. */
function seenOf(thread: readonly DeskMessage[]): readonly SeenActivity[] {
  return thread
    .filter(({ delivery }) => delivery === undefined || delivery === 'accepted')
    .map(({ seq, author, authorId, reply, content }) => ({
      id: authorId === undefined ? `s-${seq}` : `c-${authorId.split('/').at(-1)}`,
      ...{ from: author, at: AT },
      text: (reply?.kind === 'text' ? reply.text : content?.text) ?? '',
    }));
}

const THREAD = [written(1, 'd0'), spoken(2, 'bot', 'chào'), written(3, 'd1'), spoken(4, 'agent', LINE)];
const TALK: Omit<DeskTalk, 'conversationId'> = {
  customerIds: ['d0', 'd1'],
  lines: [LINE],
  holds: [{ from: 3, to: 4, late: [] }],
};

describe('a talk with an agent', () => {
  const judge = (thread: readonly DeskMessage[], talk = TALK, seen = seenOf(thread), other = thread) =>
    judgeDeskTalk(talk, seen, [thread, other]).join(' ');

  test('is as it should be', () => {
    expect(judge(THREAD)).toBe('');
  });

  test('may leave a line not certain that the customer does not see, and have safety words in it', () => {
    const uncertain = [...THREAD.slice(0, 3), spoken(4, 'agent', LINE, 'uncertain')];
    expect(judge(uncertain, TALK, [...seenOf(THREAD)])).toBe('');
    const danger = [
      ...THREAD.slice(0, 3),
      { ...spoken(4, 'bot', 'tránh xa'), isSafety: true },
      spoken(5, 'agent', LINE),
    ];
    expect(judge(danger, { ...TALK, holds: [{ from: 3, to: 5, late: [] }] })).toBe('');
  });

  test.each([
    ['the bot goes on', [...THREAD, spoken(5, 'bot', 'giá')], { ...TALK, holds: [{ from: 3, to: 5, late: [] }] }],
    ['a line is said twice', [...THREAD, spoken(5, 'agent', LINE)], TALK],
    ['a line is missing', THREAD.slice(0, 3), TALK],
    ['a line is taken back', [...THREAD.slice(0, 3), spoken(4, 'agent', LINE, 'withdrawn')], TALK],
    ['a message has not ended its way', [...THREAD, spoken(5, 'bot', 'giá', 'queued')], TALK],
    ['a message of the customer is missing', [...THREAD.slice(0, 2), ...THREAD.slice(3)], TALK],
    ['his messages are in another order', THREAD, { ...TALK, customerIds: ['d1', 'd0'] }],
    ['an older answer begins late', THREAD, { ...TALK, holds: [{ from: 3, to: 4, late: [2] }] }],
  ])('is found wrong when %s', (_what, thread, talk) => {
    expect(judge(thread, talk)).not.toBe('');
  });

  test('is found wrong when the customer misses what the desk calls accepted, or another desk shows less', () => {
    expect(judge(THREAD, TALK, [...seenOf(THREAD.filter(({ seq }) => seq !== 2))])).not.toBe('');
    expect(judge(THREAD, TALK, seenOf(THREAD), THREAD.slice(0, 3))).not.toBe('');
  });
});

describe('who waits at a cluster', () => {
  /** Whether he gives up who has waited so long, ms, when the last fault was over and the clocks were turned so often. */
  function givesUp(waitedMs: number, quietMs: number, turns: number): boolean {
    const cluster = { nodes: [], quietMs: () => quietMs, rest: async () => {}, hurry: async () => {} };
    const hurry = { during: async () => {}, turnsSince: () => turns };
    return createNodeWaits(() => cluster, hurry).manner.givesUp(Date.now() - waitedMs);
  }

  test('gives up some minutes after the faults were over', () => {
    expect(givesUp(160_000, 160_000, 3)).toBe(true);
    expect(givesUp(600_000, 160_000, 3)).toBe(true);
    expect(givesUp(600_000, 100_000, 3)).toBe(false);
    expect(givesUp(100_000, 600_000, 3)).toBe(false);
  });

  test('waits longer when the nodes do not come to rest, but not for ever', () => {
    expect(givesUp(160_000, 160_000, 2)).toBe(false);
    expect(givesUp(500_000, 500_000, 0)).toBe(true);
    expect(givesUp(1_201_000, 0, 0)).toBe(true);
  });
});
