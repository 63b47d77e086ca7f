import { describe, expect, test } from '@jest/globals';
import type { ChannelAdapter } from '../../src/bot/channel-adapter.ts';
import { createOwnAttempts } from '../../src/bot/own-attempts.ts';
import type { AttemptOutcome, DueMessage } from '../../src/bot/ports.ts';
import { createDeliver } from '../../src/bot/send-attempt.ts';
import { noTrace } from '../../src/bot/trace.ts';

const LOST_AFTER_MS = 60_000;
const DUE: DueMessage = {
  message: {
    ...{ conversationId: 'telegram:1:5', version: 1, seq: 2, direction: 'out', author: 'bot', at: 1_000 },
    ...{ reply: { kind: 'text', text: 'Dạ.' }, delivery: 'queued' },
  } as DueMessage['message'],
  attempts: 0,
  waits: 0,
};

/** An attempt between whose beginning and whose sending the process is stopped for so long. */
async function attemptStoppedFor(ms: number) {
  let now = 5_000;
  const sent: string[] = [];
  const outcomes: AttemptOutcome[] = [];
  const adapter: ChannelAdapter = {
    ...{ channel: 'telegram', canRepeat: false },
    async send({ idempotencyKey }) {
      sent.push(idempotencyKey);
      return { result: 'accepted', channelMessageId: '7' };
    },
  };
  const deliver = createDeliver(
    {
      ledger: {
        begin: async () => true,
        finish: async (_attempt, outcome) => void outcomes.push(outcome),
        due: async () => [],
        open: async () => [],
        retry: async () => false,
        receipt: async () => {},
      },
      store: {
        async head() {
          now += ms;
          return undefined;
        },
      },
      adapters: new Map([['telegram', adapter]]),
      events: { publish: () => {} },
      clock: { now: () => now },
      retry: { firstDelayMs: 1_000, longestDelayMs: 60_000, mostAttempts: 4, longestWaitMs: 86_400_000 },
      attemptLostAfterMs: LOST_AFTER_MS,
      trace: noTrace,
      log: { error: () => {} },
    },
    createOwnAttempts(),
  );
  return { result: await deliver(DUE), sent, outcomes };
}

describe('an attempt of a process that was stopped before it sent anything', () => {
  test('is not gone on with when others have taken it for lost by now', async () => {
    expect(await attemptStoppedFor(LOST_AFTER_MS)).toEqual({
      result: 'later',
      sent: [],
      outcomes: [{ state: 'queued', reason: 'interrupted', nextAt: 5_000 + LOST_AFTER_MS, isWait: true }],
    });
  });

  test('goes on when it is still in time', async () => {
    const { sent, outcomes } = await attemptStoppedFor(LOST_AFTER_MS - 1);
    expect(sent).toEqual(['telegram:1:5/2']);
    expect(outcomes).toEqual([{ state: 'accepted', channelMessageId: '7' }]);
  });
});
