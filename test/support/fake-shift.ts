import type { ConversationViews, RatingRecord, RatingRecords } from '../../src/bot/ports.ts';
import type { HourCount, ShiftRecords } from '../../src/integrations/agent-desk/shift-records.ts';

/** Counts and ratings that a test writes down; the load is that of the conversations. */
export function createFakeShift(views: ConversationViews) {
  const counts: HourCount[] = [];
  const rated: RatingRecord[] = [];
  const shift: ShiftRecords = {
    hours: async ({ from, to }) => counts.filter(({ hour }) => hour >= from && hour < to),
    async load() {
      const queue = await views.list({ holders: ['queue'], limit: 1_000 });
      const held = await views.list({ holders: ['agent'], limit: 1_000 });
      const waits = queue.flatMap(({ waitingSince }) => waitingSince ?? []);
      return {
        waiting: queue.length,
        ...(waits.length > 0 && { longestWaitSince: Math.min(...waits) }),
        held: [...new Set(held.map(({ agentId = '' }) => agentId))].map((agentId) => ({
          agentId,
          conversations: held.filter((row) => row.agentId === agentId).length,
        })),
      };
    },
  };
  const ratings: RatingRecords = {
    ratings: async ({ from, to, limit }) => rated.filter(({ at }) => at >= from && at < to).slice(0, limit),
  };
  return { shift, ratings, counts, rated };
}
