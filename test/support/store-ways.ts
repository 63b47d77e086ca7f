import type { Attempt, ConversationStore } from '../../src/bot/ports.ts';
import type { Turn } from '../../src/bot/turn.ts';

export type StoreOf = (store: ConversationStore) => ConversationStore;

/** The two ways in which an event is kept: by the write that commits its turn, or by a write of its own before it. */
export const EVENT_WAYS: readonly (readonly [name: string, storeOf: StoreOf])[] = [
  ['with its turn', (store) => store],
  [
    'before its turn, as on a server of its own',
    ({ commitArrival: _commitArrival, beginsAttempts: _beginsAttempts, ...store }) => store,
  ],
];

/** The store with something around each commit, whichever way the commit is asked for. */
export function aroundCommits(
  store: ConversationStore,
  around: <T extends string>(turn: Turn, commit: () => Promise<T>, begin?: Attempt) => Promise<T>,
): ConversationStore {
  const { commitArrival } = store;
  return {
    ...store,
    commit: (turn, begin) => around(turn, () => store.commit(turn, begin), begin),
    ...(commitArrival !== undefined && {
      commitArrival: (eventKey, turn, begin) => around(turn, () => commitArrival(eventKey, turn, begin), begin),
    }),
  };
}
