import type { Cost, CostLimits } from '../../bot/cost-limits.ts';
import { type CreateRateLimiter, takeOne } from '../rate-limiters.ts';
import type { Limits } from './load-limits.ts';

/** Counts in this process, or in Redis for all nodes: whatever `createLimiter` does. */
export function countCosts(limits: Limits, createLimiter: CreateRateLimiter): CostLimits {
  const counterOf = (cost: Cost) => createLimiter({ name: `cost-${cost}`, ...limits[cost] });
  const counters = {
    look_up: counterOf('look_up'),
    chart: counterOf('chart'),
    sms: counterOf('sms'),
    ticket: counterOf('ticket'),
    agent: counterOf('agent'),
  };
  return { take: async (cost, conversationId) => (await takeOne(counters[cost], conversationId)).waitMs === 0 };
}
