import type { Cost, CostLimits } from '../../bot/cost-limits.ts';
import type { CreateRateLimiter } from '../rate-limiters.ts';
import type { Limits } from './load-limits.ts';

const COSTS: readonly Cost[] = ['look_up', 'chart', 'sms', 'ticket', 'agent'];

/** Counts in this process, or in Redis for all nodes: whatever `createLimiter` does. */
export function countCosts(limits: Limits, createLimiter: CreateRateLimiter): CostLimits {
  const limiters = new Map(COSTS.map((cost) => [cost, createLimiter({ name: `cost-${cost}`, ...limits[cost] })]));
  return {
    take: async (cost, conversationId) =>
      (await limiters
        .get(cost)
        ?.consume(conversationId)
        .then(
          () => true,
          (refusal: unknown) => {
            // A fault of the counter is none of the customer.
            return refusal instanceof Error;
          },
        )) ?? true,
  };
}
