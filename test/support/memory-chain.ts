import type { ConversationStore } from '../../src/bot/ports.ts';
import type { Turn } from '../../src/bot/turn.ts';

/** The chain of one conversation in memory, its states as the JSON that a database would keep: for thousands of walks, where a database would be the test. */
export function createMemoryChain(): ConversationStore {
  const turns: Turn[] = [];
  return {
    head: async () => turns.at(-1),
    isHandled: async (_, eventKey) => turns.some(({ handles }) => handles.includes(eventKey)),
    async commit(turn) {
      turns.push({ ...turn, state: JSON.parse(JSON.stringify(turn.state)) as Turn['state'] });
      return 'committed';
    },
    turns: async (_, after, limit) => turns.slice(after, after + limit),
    projectPending: async () => 0,
  };
}
