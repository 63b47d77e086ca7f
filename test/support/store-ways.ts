import type { ConversationStore } from '../../src/bot/ports.ts';
import type { Turn } from '../../src/bot/turn.ts';

type StoreOf = (store: ConversationStore) => ConversationStore;

/** The two ways in which an event is kept: by the write that commits its turn, or by a write of its own before it. */
export const EVENT_WAYS: readonly (readonly [name: string, storeOf: StoreOf])[] = [
  ['with its turn', (store) => store],
  ['before its turn', ({ commitArrival: _commitArrival, ...store }) => store],
];

/** The store with something around each commit, whichever way the commit is asked for. */
export function aroundCommits(
  store: ConversationStore,
  around: <T extends string>(turn: Turn, commit: () => Promise<T>) => Promise<T>,
): ConversationStore {
  const { commitArrival } = store;
  return {
    ...store,
    commit: (turn) => around(turn, () => store.commit(turn)),
    ...(commitArrival !== undefined && {
      commitArrival: (eventKey, turn) => around(turn, () => commitArrival(eventKey, turn)),
    }),
  };
}
