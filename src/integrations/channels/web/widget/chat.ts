import type { WebActivity } from '../render.ts';
import { type ActivitySet, createDirectLineApi, type Outcome, type Outgoing } from './direct-line-api.ts';
import { type Connection, createFeed } from './feed.ts';
import { createOutbox, type KeyValueStore, OUTBOX_PREFIX, type OutboxItem } from './outbox.ts';
import { createSessionKeeper } from './session-keeper.ts';

/** What the widget shows. */
export interface ChatState {
  /** What the server has shown, in its order. */
  readonly activities: readonly WebActivity[];
  /** Own messages that are not among them yet. */
  readonly outbox: readonly OutboxItem[];
  readonly isStuck: boolean;
  readonly connection: Connection;
}

/** The conversation of this browser. */
export interface Chat {
  state(): ChatState;
  subscribe(listener: () => void): () => void;
  /** Connects; later calls do nothing. */
  start(): void;
  /** True when this browser has talked to us before. */
  isKnown(): boolean;
  send(text: string, choice?: string): void;
  retry(id: string): void;
  discard(id: string): void;
}

const KNOWN_KEY = 'lang-nghe:known';
const OTHER_TAB_GRACE_MS = 4000;
const SLOWEST_RETRY_MS = 20_000;

/** `base` is the origin of the chat server. */
export function createChat({ base, storage }: { base: string; storage: KeyValueStore }): Chat {
  const listeners = new Set<() => void>();
  let seen = new Map<string, WebActivity>();
  let watermark = '0';
  let connection: Connection = 'connecting';
  let state: ChatState | undefined;

  const changed = () => {
    state = undefined;
    for (const listener of listeners) {
      listener();
    }
  };
  const api = createDirectLineApi(base);
  const keeper = createSessionKeeper(api, () => {
    seen = new Map();
    watermark = '0';
    outbox.forgetSent();
    feed.restart();
    changed();
  });
  const outbox = createOutbox({
    storage,
    post,
    now: Date.now,
    random: Math.random,
    backoff: retryDelay,
    onChange: changed,
  });
  const feed = createFeed({
    ...{ api, keeper, backoff: retryDelay, onActivities: take },
    watermark: () => watermark,
    onConnection(now) {
      if (now === connection) {
        return;
      }
      connection = now;
      if (now === 'online') {
        outbox.flush();
      }
      changed();
    },
  });

  async function post(outgoing: Outgoing): Promise<Outcome<string>> {
    const session = await keeper.current();
    if (!session.ok) {
      return session;
    }
    const outcome = await api.post(session.value, outgoing);
    if (!outcome.ok && outcome.why === 'expired') {
      keeper.reject(session.value);
    }
    return outcome;
  }

  function take(set: ActivitySet): void {
    for (const activity of set.activities) {
      seen.set(activity.id, activity);
    }
    watermark = set.watermark;
    outbox.confirm(set.activities.flatMap(({ channelData }) => channelData.clientActivityID ?? []));
    changed();
  }

  function start(): void {
    storage.setItem(KNOWN_KEY, '1');
    feed.start();
    outbox.flush();
  }

  listenToBrowser(() => {
    feed.hurry();
    outbox.flush();
  }, changed);

  return {
    start,
    state: () => (state ??= snapshot()),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isKnown: () => storage.getItem(KNOWN_KEY) !== null,
    send(text, choice) {
      start();
      outbox.add(text, choice);
    },
    retry(id) {
      feed.hurry();
      outbox.retry(id);
    },
    discard: outbox.discard,
  };

  function snapshot(): ChatState {
    return { activities: [...seen.values()], outbox: outbox.items(), isStuck: outbox.isStuck(), connection };
  }

  function listenToBrowser(onHope: () => void, onOtherTab: () => void): void {
    globalThis.addEventListener('online', onHope);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && connection === 'offline') {
        onHope();
      }
    });
    globalThis.addEventListener('storage', ({ key }) => {
      if (!key?.startsWith(OUTBOX_PREFIX)) {
        return;
      }
      onOtherTab();
      // The tab that wrote it may be closed before it could send it.
      setTimeout(outbox.flush, OTHER_TAB_GRACE_MS);
    });
  }
}

/** Doubles with each failure; the random part keeps the visitors of a restarted server from coming all at once. */
function retryDelay(failures: number): number {
  const longest = Math.min(SLOWEST_RETRY_MS, 500 * 2 ** failures);
  return longest / 2 + (Math.random() * longest) / 2;
}
