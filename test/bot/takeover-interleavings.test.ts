import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Turn } from '../../src/bot/turn.ts';
import { buildBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';
import { aroundCommits, EVENT_WAYS, type StoreOf } from '../support/store-ways.ts';

/** What an observer outside the process sees, in the order in which it became true. */
type Seen =
  | { readonly what: 'attempt'; readonly seq: number; readonly author: string }
  | { readonly what: 'send'; readonly seq: number; readonly author: string }
  | { readonly what: 'takeover' };

const RUNS = 75;

interface Case {
  readonly messages: number;
  /** Steps of the others before the agent acts: so that take-overs fall before, into and after the replies. */
  readonly agentWaits: number;
  readonly isGuarded: boolean;
  readonly storeOf: StoreOf;
}

/**
 * Plays customers' messages and a take-over, with every call to a port cut into a request and an answer that the
 * scheduler delays as it likes.
 */
async function play(s: fc.Scheduler, { messages, agentWaits, isGuarded, storeOf }: Case): Promise<Seen[]> {
  const seen: Seen[] = [];
  const hop = (name: string) => s.schedule(Promise.resolve(), name);
  async function delayed<T>(name: string, call: () => Promise<T>): Promise<T> {
    await hop(`${name} asked`);
    const result = await call();
    await hop(`${name} answered`);
    return result;
  }
  const { bot, hear, close } = buildBot((base) => ({
    store: {
      ...aroundCommits(storeOf(base.store), (turn, commit, begin) =>
        delayed('commit', async () => {
          const result = await commit();
          if (result === 'committed' && begin !== undefined) {
            seen.push({ what: 'attempt', seq: begin.seq, author: authorOf(turn, begin.seq) });
          }
          if (result === 'committed' && turn.act === 'claim') {
            seen.push({ what: 'takeover' });
          }
          return result;
        }),
      ),
      head: (id) => delayed('head', () => base.store.head(id)),
    },
    deliveries: {
      ...base.deliveries,
      due: (query) => delayed('due', () => base.deliveries.due(query)),
      begin: (attempt) =>
        delayed('begin', async () => {
          const [message] = await base.deliveries.due({
            now: Number.MAX_SAFE_INTEGER,
            limit: 1,
            conversationId: attempt.conversationId,
          });
          const isOurs = await base.deliveries.begin(attempt);
          seen.push({ what: 'attempt', seq: attempt.seq, author: message?.message.author ?? 'unknown' });
          return isOurs;
        }),
    },
    ...(isGuarded ? {} : { fence: () => true }),
    adapters: new Map(
      [...base.adapters].map(([name, adapter]) => [
        name,
        {
          ...adapter,
          send: async (outgoing) => {
            const { seq, author } = outgoing.message;
            seen.push({ what: 'send', seq, author });
            return delayed('send', () => adapter.send(outgoing));
          },
        },
      ]),
    ),
  }));
  const id = freshConversation();
  async function takeOver(): Promise<void> {
    for (let step = 0; step < agentWaits; step += 1) {
      await hop('agent waits');
      // The real write takes a round of the event loop, which the scheduler knows nothing of.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await bot.performAgentAct(id, { act: 'claim', agentId: 'lan', agentName: 'Lan' }, 'k1');
  }
  await s.waitFor(hear(id, 'xin chào'));
  await s.waitFor(bot.idle());
  const work = [
    ...Array.from({ length: messages }, (_, index) => hop('customer').then(() => hear(id, `tin ${index}`))),
    takeOver(),
  ];
  await s.waitFor(Promise.all(work));
  await s.waitFor(bot.idle());
  await close();
  return seen;
}

function authorOf({ messages }: Turn, seq: number): string {
  return messages.find((message) => message.seq === seq)?.author ?? 'unknown';
}

/** Sends of the bot that nobody could have seen coming: their attempt began after the take-over was committed. */
function sendsAfterTakeover(seen: readonly Seen[]): number[] {
  const takeover = seen.findIndex((one) => one.what === 'takeover');
  const begunLater = new Set(
    seen.flatMap((one, index) => (one.what === 'attempt' && index > takeover && takeover >= 0 ? [one.seq] : [])),
  );
  return seen.flatMap((one) =>
    one.what === 'send' && one.author === 'bot' && begunLater.has(one.seq) ? [one.seq] : [],
  );
}

function property(storeOf: StoreOf, isGuarded: boolean) {
  return fc.asyncProperty(
    fc.scheduler(),
    fc.integer({ min: 1, max: 4 }),
    fc.nat(16),
    async (s, messages, agentWaits) => {
      const seen = await play(s, { messages, agentWaits, isGuarded, storeOf });
      // A run without the take-over would prove nothing.
      expect(seen).toContainEqual({ what: 'takeover' });
      expect(sendsAfterTakeover(seen)).toEqual([]);
    },
  );
}

describe.each(EVENT_WAYS)('after a take-over commits, events kept %s,', (_name, storeOf) => {
  test('no new bot send starts, whatever the interleaving', async () => {
    await fc.assert(property(storeOf, true), { numRuns: RUNS });
  });

  test('the same check sees the violation when the guard is taken out', async () => {
    const { failed } = await fc.check(property(storeOf, false), { numRuns: RUNS, endOnFailure: true });
    expect(failed).toBe(true);
  });
});
