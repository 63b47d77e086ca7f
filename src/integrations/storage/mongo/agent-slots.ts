import type { AgentSlot, AgentSlots } from '../../../bot/ports.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

/** A slot that is taken; `_id` is `<agent>/<number>`, so that no agent holds more than the limit. */
interface AgentSlotDocument extends AgentSlot {
  readonly _id: string;
  readonly number: number;
}

export const AGENT_SLOTS = defineCollection<AgentSlotDocument>({
  name: 'agent_slots',
  fields: {
    _id: needed.text,
    number: needed.number,
    token: needed.text,
    agentId: needed.text,
    conversationId: needed.text,
    at: needed.number,
  },
  indexes: [{ key: { token: 1 }, unique: true }, { key: { agentId: 1 } }, { key: { at: 1 } }],
});

/** Room at the agents' desks on MongoDB: each slot is one unique insert. */
export function createMongoAgentSlots(db: MongoDatabase): AgentSlots {
  const slots = db.model(AGENT_SLOTS);

  return {
    async take(slot, limit) {
      for (;;) {
        const taken = await slots.find({ agentId: slot.agentId }).lean<AgentSlotDocument[]>();
        if (taken.some(({ token }) => token === slot.token)) {
          return true;
        }
        const numbers = new Set(taken.map(({ number }) => number));
        const free = Array.from({ length: limit }, (_, index) => index + 1).find((number) => !numbers.has(number));
        if (free === undefined || taken.length >= limit) {
          return false;
        }
        if (await insertOnce(slots, { _id: `${slot.agentId}/${free}`, number: free, ...slot })) {
          return true;
        }
        // Somebody else took it, or made the same request: look again.
      }
    },
    async free(token) {
      await slots.deleteOne({ token });
    },
    async taken(before, limit) {
      const found = await slots
        .find({ at: { $lt: before } })
        .sort({ at: 1 })
        .limit(limit)
        .lean<AgentSlotDocument[]>();
      return found.map(({ _id, number, ...slot }) => slot);
    },
  };
}
