import type { Outcome, Outgoing } from './direct-line-api.ts';
import { createRounds } from './rounds.ts';

/** A message of the visitor that the conversation does not show yet. */
export interface OutboxItem extends Outgoing {
  /** UTC ms, for showing only. */
  readonly at: number;
  /** `sent`: the server has it, its echo is still to come. `refused`: only the visitor can help. */
  readonly state: 'waiting' | 'sent' | 'refused';
  readonly note?: string;
}

/**
 * The visitor's messages until the conversation shows them: kept in the browser's storage, sent strictly in order,
 * each again under the same id until it is acknowledged. Shared by all tabs; two tabs that send the same message
 * do no harm, since its id makes it one.
 */
export interface Outbox {
  items(): readonly OutboxItem[];
  add(text: string, more?: Omit<Outgoing, 'id' | 'text'>): void;
  /** Puts a refused message back; sends what waits. */
  retry(id: string): void;
  discard(id: string): void;
  /** The conversation shows these messages now. */
  confirm(ids: readonly string[]): void;
  /** Forgets what was sent to a conversation that is gone. */
  forgetSent(): void;
  /** Sends what waits, now. */
  flush(): void;
  /** True after failed attempts, until one succeeds. */
  isStuck(): boolean;
}

export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface OutboxDeps {
  readonly storage: KeyValueStore;
  readonly post: (outgoing: Outgoing) => Promise<Outcome<string>>;
  readonly now: () => number;
  readonly newId: () => string;
  readonly backoff: (failures: number) => number;
  readonly onChange: () => void;
}

/** Keys of the storage that hold messages begin like this. */
export const OUTBOX_PREFIX = 'lang-nghe:out:';
const ECHO_PATIENCE_MS = 24 * 3600_000;

export function createOutbox(deps: OutboxDeps): Outbox {
  let failures = 0;
  const rounds = createRounds(sendAll, deps.onChange);

  const items = () => readItems(deps.storage);
  const save = (item: OutboxItem) => deps.storage.setItem(OUTBOX_PREFIX + item.id, JSON.stringify(item));

  async function sendAll(): Promise<void> {
    for (let next = firstWaiting(); next !== undefined; next = firstWaiting()) {
      const outcome = await deps.post(next);
      if (!outcome.ok && outcome.why !== 'refused') {
        failures += 1;
        rounds.startAfter(outcome.afterMs ?? deps.backoff(failures));
        return;
      }
      failures = 0;
      settle(next, outcome.ok ? { state: 'sent' } : { state: 'refused', ...withNote(outcome.note) });
      deps.onChange();
    }
  }

  function firstWaiting(): OutboxItem | undefined {
    return items().find(({ state }) => state === 'waiting');
  }

  function settle(item: OutboxItem, result: Pick<OutboxItem, 'state' | 'note'>): void {
    // Its echo may have come before the answer to the call: then it is gone already.
    if (deps.storage.getItem(OUTBOX_PREFIX + item.id) !== null) {
      save({ ...item, ...result });
    }
  }

  return {
    items,
    add(text, more = {}) {
      save({ ...more, text, id: deps.newId(), at: deps.now(), state: 'waiting' });
      deps.onChange();
      rounds.start();
    },
    retry(id) {
      const item = items().find((one) => one.id === id);
      if (item?.state === 'refused') {
        save({ ...item, state: 'waiting' });
      }
      rounds.start();
    },
    discard(id) {
      deps.storage.removeItem(OUTBOX_PREFIX + id);
      deps.onChange();
    },
    confirm(ids) {
      for (const id of ids) {
        deps.storage.removeItem(OUTBOX_PREFIX + id);
      }
    },
    forgetSent() {
      for (const { id } of items().filter(({ state }) => state === 'sent')) {
        deps.storage.removeItem(OUTBOX_PREFIX + id);
      }
    },
    flush() {
      for (const { id } of items().filter((item) => isForgotten(item, deps.now()))) {
        deps.storage.removeItem(OUTBOX_PREFIX + id);
      }
      rounds.start();
    },
    isStuck: () => failures > 1,
  };
}

function readItems(storage: KeyValueStore): readonly OutboxItem[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  return keys
    .filter((key) => key.startsWith(OUTBOX_PREFIX))
    .sort()
    .flatMap((key) => {
      const item = parseItem(storage.getItem(key));
      return item === undefined ? [] : [item];
    });
}

function parseItem(stored: string | null): OutboxItem | undefined {
  try {
    return stored === null ? undefined : (JSON.parse(stored) as OutboxItem);
  } catch {
    return undefined;
  }
}

function isForgotten({ state, at }: OutboxItem, now: number): boolean {
  return state === 'sent' && at < now - ECHO_PATIENCE_MS;
}

function withNote(note: string | undefined) {
  return note === undefined ? {} : { note };
}
