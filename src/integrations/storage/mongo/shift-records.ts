import { type HourCount, hourOf, type ShiftRecords, shiftCountsOf } from '../../agent-desk/shift-records.ts';
import { compareText } from '../../compare-text.ts';
import { SUMMARIES } from './conversation-views.ts';
import type { MongoDatabase } from './database.ts';
import { TURNS, type TurnDocument } from './turn-document.ts';

const HOUR_MS = 3_600_000;

/** What a shift leader counts on MongoDB: read from the turns of those hours, so nothing is behind. */
export function createMongoShiftRecords(db: MongoDatabase): ShiftRecords {
  const turns = db.model(TURNS);
  const summaries = db.model(SUMMARIES);
  return {
    async hours({ from, to }) {
      const found = turns
        .find(
          { at: { $gte: from, $lt: to + HOUR_MS } },
          { at: 1, act: 1, missed: 1, 'understanding.decision': 1, 'understanding.intent': 1, 'state.closing': 1 },
        )
        .lean<TurnDocument[]>()
        .cursor();
      const counts = new Map<string, HourCount>();
      for await (const turn of found as AsyncIterable<TurnDocument>) {
        const hour = hourOf(turn.at);
        for (const { kind, name } of hour >= from && hour < to ? shiftCountsOf(turn) : []) {
          const key = `${hour}/${kind}/${name}`;
          counts.set(key, { hour, kind, name, times: (counts.get(key)?.times ?? 0) + 1 });
        }
      }
      return [...counts.values()].sort(inOrder);
    },
    async load() {
      const [queue, held] = await Promise.all([
        summaries.find({ holder: 'queue' }, { waitingSince: 1 }).sort({ waitingSince: 1 }).lean(),
        summaries.find({ holder: 'agent' }, { agentId: 1 }).lean(),
      ]);
      const byAgent = new Map<string, number>();
      for (const { agentId = '' } of held) {
        byAgent.set(agentId, (byAgent.get(agentId) ?? 0) + 1);
      }
      const since = queue.find(({ waitingSince }) => waitingSince !== undefined)?.waitingSince;
      return {
        waiting: queue.length,
        ...(since !== undefined && { longestWaitSince: since }),
        held: [...byAgent].map(([agentId, conversations]) => ({ agentId, conversations })).sort(byAgentId),
      };
    },
  };
}

/** Oldest hour first; within it by kind, then what came most often. */
function inOrder(a: HourCount, b: HourCount): number {
  return a.hour - b.hour || compareText(a.kind, b.kind) || b.times - a.times || compareText(a.name, b.name);
}

function byAgentId(a: { readonly agentId: string }, b: { readonly agentId: string }): number {
  return compareText(a.agentId, b.agentId);
}
