import type { Contact } from '../../src/bot/figures/contact.ts';
import { sampleContact } from '../../test/support/sample-contact.ts';
import { createRandom } from '../explore/seeded-random.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const TOPICS = ['bill_lookup', 'outage_report', 'bill_payment_status', 'tariff_info', 'new_connection'] as const;
const REASONS = ['customer_asked', 'not_understood', 'dialog', 'action_failed'] as const;

/** A week of invented contacts, the same each time. */
export function sampleFigures(now: number): readonly Contact[] {
  const { integer, pick } = createRandom(7);
  return Array.from({ length: 900 }, (): Contact => {
    const startedAt = now - integer(5 * MINUTE_MS, 166 * HOUR_MS);
    const luck = integer(1, 100);
    const channel = pick(['zalo', 'zalo', 'web', 'telegram']);
    const base = { startedAt, channel, topics: [pick(TOPICS)], messages: integer(1, 6) };
    if (luck > 96) {
      return sampleContact({ ...base, topics: ['greeting'] });
    }
    if (luck > 82) {
      const humanAt = startedAt + integer(30_000, 12 * MINUTE_MS);
      const emergency = luck > 94 && { emergency: { at: startedAt, humanAt: startedAt + integer(20_000, 150_000) } };
      const end = luck === 83 ? { leftAt: humanAt } : { humanAt };
      const rating = luck > 90 && { rating: integer(2, 5) };
      return sampleContact({
        ...{ ...base, handoff: { since: startedAt, reason: pick(REASONS), ...end } },
        ...{ missed: Number(luck % 2), ...emergency, ...rating },
      });
    }
    const isOutage = base.topics[0] === 'outage_report';
    return sampleContact({
      ...base,
      ...{ isAnswered: luck > 12, missed: Number(luck < 9), askedBack: Number(luck % 9 === 0) },
      ...(luck > 74 && { returnedAt: startedAt + 5 * HOUR_MS }),
      ...(luck % 4 === 0 && { codesSent: 1, isVerified: luck % 8 === 0 }),
      ...(isOutage && {
        tickets: { outage: 1 },
        outage: {
          reported: 1,
          asked: 0,
          atOnce: luck % 2,
          toldAt: startedAt + HOUR_MS,
          back: (luck % 3) & 1,
          stillOut: 0,
        },
      }),
    });
  });
}
