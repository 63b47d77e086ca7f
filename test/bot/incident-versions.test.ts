import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { OutgoingMessage, SendOutcome } from '../../src/bot/channel-adapter.ts';
import { factsOf, nextVersion } from '../../src/bot/incidents/change-incident.ts';
import type { Incident } from '../../src/bot/incidents/incident.ts';
import type { TrackedMessage } from '../../src/bot/message.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import { sampleIncident } from '../support/sample-records.ts';
import { openWholeBot, type WholeBot } from '../support/whole-bot.ts';

const NOW = Date.parse('2026-11-28T09:00:00+07:00');
const AUTHOR = { kind: 'agent', id: 'dung', name: 'Anh Dũng' } as const;
const CHANNELS = ['web', 'zalo', 'telegram'] as const;
const HOUR_MS = 3_600_000;
const LONGEST_HELD_MS = 40_000;
const MOST_STEPS = 24;
const RUNS = 15;
const TIMEOUT_MS = 60_000;

type Step =
  /** A customer asks; his channel then holds the answer back so many times, or sleeps on it. */
  | { readonly kind: 'ask'; readonly channel: number; readonly holds: number; readonly naps: number }
  | { readonly kind: 'change' }
  | { readonly kind: 'restore' }
  | { readonly kind: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      channel: fc.nat(CHANNELS.length - 1),
      holds: fc.nat(2),
      naps: fc.nat(12),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'change' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(LONGEST_HELD_MS) }) },
);
const steps = fc
  .tuple(fc.array(step, { minLength: 4, maxLength: MOST_STEPS }), fc.boolean())
  .map(([some, isRestored]): readonly Step[] => (isRestored ? [...some, { kind: 'restore' }] : some));

const nap = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Channels that hold messages back: by an answer to the outbox, and by sleeping over them as Telegram's does. */
function createPace() {
  const held = new Map<string, number>();
  const plans = new Map<string, { readonly holds: number; readonly naps: number }>();
  return {
    plan: (conversationId: string, holds: number, naps: number) => void plans.set(conversationId, { holds, naps }),
    async beforeShowing({ message, isOutdated }: OutgoingMessage): Promise<SendOutcome | undefined> {
      const { holds = 0, naps = 0 } = plans.get(message.conversationId) ?? {};
      const key = `${message.conversationId}/${message.seq}`;
      const times = held.get(key) ?? 0;
      if (times < holds) {
        held.set(key, times + 1);
        return { result: 'wait', reason: 'paced', afterMs: LONGEST_HELD_MS };
      }
      for (let count = 0; count < naps; count += 1) {
        await nap();
      }
      return (await isOutdated?.()) === true ? { result: 'wait', reason: 'outdated', afterMs: 0 } : undefined;
    },
  };
}

function incidentOf(count: number): Incident {
  return sampleIncident({
    ...{ id: 'SK1', startedAt: NOW - 600_000, updatedAt: NOW, changedBy: AUTHOR, ...saying(count) },
    area: { text: 'Bến Lức', province: 'Tây Ninh', communes: ['Bến Lức'], feeders: [] },
  });
}

function saying(count: number) {
  return { expectedReturn: { at: NOW + (count + 2) * HOUR_MS, source: `Điều độ, lần ${count}` } };
}

/** The version that a message tells of: of the notice of return the last one. */
function versionIn({ reply }: TrackedMessage): number | undefined {
  const text = reply === undefined ? '' : toPlainText(reply);
  const version = /lần (\d+)/.exec(text)?.[1];
  if (text.includes('cấp điện trở lại')) {
    return Number.POSITIVE_INFINITY;
  }
  return version === undefined ? undefined : Number(version);
}

async function play(whole: WholeBot, pace: ReturnType<typeof createPace>, all: readonly Step[]): Promise<string[]> {
  const { incidents } = whole.storage;
  const customers: string[] = [];
  let count = 1;
  await incidents.append(incidentOf(count));

  async function append(facts: Partial<Incident>): Promise<void> {
    const before = (await incidents.incident('SK1')) as Incident;
    await incidents.append(nextVersion(before, { ...factsOf(before), ...facts }, AUTHOR, whole.clock.now()));
  }

  for (const one of all) {
    switch (one.kind) {
      case 'ask': {
        const id = `${CHANNELS[one.channel]}:main:k${customers.length}`;
        customers.push(id);
        pace.plan(id, one.channel === 0 ? 0 : one.holds, one.naps);
        // Not waited for: the next step comes while it is answered.
        void whole.bot.receive({
          ...{ key: `ask/${id}`, conversationId: id, orderKey: whole.clock.now(), receivedAt: whole.clock.now() },
          content: { kind: 'customer_message', text: 'bao giờ có điện lại ở xã Bến Lức Tây Ninh' },
        });
        await nap();
        break;
      }
      case 'change':
        count += 1;
        await append(saying(count));
        break;
      case 'restore':
        await append({ state: 'restored', restoredAt: whole.clock.now() });
        break;
      case 'wait':
        whole.clock.advance(one.ms);
        await whole.bot.sweep();
        break;
    }
  }
  for (let round = 0; round < 5; round += 1) {
    whole.clock.advance(LONGEST_HELD_MS + 1);
    await whole.settle();
  }
  return customers;
}

test(
  'no channel shows an older version of an incident than another has shown, and everybody who asked is told',
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const pace = createPace();
        const whole = openWholeBot(NOW, pace);
        try {
          const customers = await play(whole, pace, all);
          const shown = whole.sent.flatMap((message) => versionIn(message) ?? []);
          expect(shown).toEqual([...shown].sort((a, b) => a - b));
          const told = customers.map((id) => whole.sentTo(id).filter((message) => versionIn(message) !== undefined));
          expect(told.filter((messages) => messages.length === 0)).toEqual([]);
          const once = told.map((messages) => new Set(messages.map(({ seq }) => seq)).size === messages.length);
          expect(once).not.toContain(false);
        } finally {
          await whole.close();
        }
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);
