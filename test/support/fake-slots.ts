import type { AgentSlot, AgentSlots } from '../../src/bot/ports.ts';

/** Slots in memory. */
export function createFakeSlots(): AgentSlots {
  const rows = new Map<string, AgentSlot>();
  return {
    async take(slot, limit) {
      const isFull = [...rows.values()].filter(({ agentId }) => agentId === slot.agentId).length >= limit;
      if (rows.has(slot.token) || isFull) {
        return rows.has(slot.token);
      }
      rows.set(slot.token, slot);
      return true;
    },
    async free(token) {
      rows.delete(token);
    },
    taken: async (before, limit) =>
      [...rows.values()]
        .filter(({ at }) => at < before)
        .sort((a, b) => a.at - b.at)
        .slice(0, limit),
  };
}
