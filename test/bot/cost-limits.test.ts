import { describe, expect, test } from '@jest/globals';
import type { CostLimits } from '../../src/bot/cost-limits.ts';
import { limitActions } from '../../src/bot/cost-limits.ts';
import { countCosts } from '../../src/integrations/limits/count-costs.ts';
import { loadLimits } from '../../src/integrations/limits/load-limits.ts';
import { createLocalRateLimiter } from '../../src/integrations/rate-limiters.ts';
import { buildBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

const context = (conversationId: string) => ({
  ...{ conversationId, channel: 'web', eventKey: 'e', now: 0, identities: {} },
});

function limitsOf(most: number): CostLimits {
  const limit = { points: most, durationS: 60 };
  return countCosts(
    { message: limit, look_up: limit, chart: limit, document: limit, sms: limit, ticket: limit, agent: limit },
    createLocalRateLimiter,
  );
}

describe('what one customer may have', () => {
  test('is counted by customer and by what it costs', async () => {
    const run = limitActions(async () => ({ outcome: 'found' }), limitsOf(2));
    const [an, binh] = [freshConversation(), freshConversation()];
    const outcomes = async (id: string, ...names: string[]) => {
      const all = [];
      for (const name of names) {
        all.push((await run(name, {}, context(id))).outcome);
      }
      return all;
    };
    expect(await outcomes(an, 'find_bill', 'find_outages_by_place', 'find_bill')).toEqual([
      'found',
      'found',
      'too_often',
    ]);
    expect(await outcomes(an, 'send_otp', 'open_request')).toEqual(['found', 'found']);
    expect(await outcomes(binh, 'find_bill')).toEqual(['found']);
  });

  test('is never held against danger, the hotline and words', async () => {
    const run = limitActions(async () => ({ outcome: 'found' }), { take: async () => false });
    for (const name of ['open_emergency_ticket', 'find_hotline', 'find_answer', 'check_otp']) {
      expect(await run(name, {}, context('web:main:a'))).toEqual({ outcome: 'found' });
    }
  });

  test('is not counted while the counter is broken', async () => {
    const limits = countCosts(loadLimits(), () => ({
      ...createLocalRateLimiter({ name: 'x', points: 1, durationS: 1 }),
      consume: () => Promise.reject(new Error('gone')),
    }));
    expect(await limits.take('sms', 'web:main:a')).toBe(true);
  });

  test('ends for requests for a human, too, with words and the hotline instead of a place in the queue', async () => {
    const { bot, hear, transcript, close } = buildBot(() => ({ limits: { take: async (cost) => cost !== 'agent' } }));
    const id = freshConversation();
    await hear(id, 'gặp nhân viên');
    await bot.idle();
    expect(await transcript(id)).toEqual(['customer: gặp nhân viên', 'bot: too-often']);
    await close();
  });

  test('does not keep somebody in danger from a human', async () => {
    const { bot, hear, transcript, close } = buildBot(() => ({ limits: { take: async () => false } }));
    const id = freshConversation();
    await hear(id, 'dây đứt trước nhà');
    await hear(id, 'gặp nhân viên');
    await bot.idle();
    expect((await transcript(id)).join('\n')).not.toContain('too-often');
    await close();
  });
});
