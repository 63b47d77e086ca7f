import type { Banner } from '../../../banner/banner.ts';
import type { WebActivity } from '../render.ts';
import {
  type ActivitySet,
  createDirectLineApi,
  type DirectLineApi,
  type Outcome,
  type Place,
  type Session,
} from './direct-line-api.ts';
import { type Connection, createFeed } from './feed.ts';
import { createMessageIds } from './message-ids.ts';
import { createNotices } from './notices.ts';
import { createOutbox, type KeyValueStore, OUTBOX_PREFIX, type OutboxItem } from './outbox.ts';
import { createSessionKeeper, type SessionKeeper } from './session-keeper.ts';
import { createUploadQueue, type UploadItem } from './upload-queue.ts';

/** What the widget shows. */
export interface ChatState {
  /** What the server has shown, in its order. */
  readonly activities: readonly WebActivity[];
  /** Own messages that are not among them yet. */
  readonly outbox: readonly OutboxItem[];
  /** Own files that are not among them yet. */
  readonly uploads: readonly UploadItem[];
  /** The picture that this tab has sent under an id. */
  readonly previewOf: (id: string) => string | undefined;
  readonly isStuck: boolean;
  readonly banner: Banner;
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
  sendFiles(files: readonly File[]): void;
  sendPlace(place: Place): void;
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
  const notices = createNotices(changed);
  const api = createDirectLineApi(base);
  const keeper = createSessionKeeper(api, () => {
    seen = new Map();
    watermark = '0';
    outbox.forgetSent();
    feed.restart();
    changed();
  });
  const sending = createSending(api, keeper, storage, changed);
  const { outbox, uploads } = sending;
  const feed = createFeed({
    ...{ api, keeper, backoff: retryDelay, onActivities: take },
    watermark: () => watermark,
    onConnection(now) {
      if (now === connection) {
        return;
      }
      connection = now;
      if (now === 'online') {
        sending.flush();
      }
      changed();
    },
  });

  function take(set: ActivitySet): void {
    for (const activity of set.activities) {
      seen.set(activity.id, activity);
    }
    watermark = set.watermark;
    if (set.banner !== undefined) {
      notices.take(set.banner);
    }
    const shown = set.activities.flatMap(({ channelData }) => channelData.clientActivityID ?? []);
    sending.confirm(shown);
    changed();
  }

  function start(): void {
    storage.setItem(KNOWN_KEY, '1');
    feed.start();
    sending.flush();
  }

  listenToBrowser(() => connection === 'offline', {
    onHope() {
      feed.hurry();
      sending.flush();
    },
    onOtherTab() {
      changed();
      // The tab that wrote it may be closed before it could send it.
      setTimeout(outbox.flush, OTHER_TAB_GRACE_MS);
    },
  });

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
      outbox.add(text, choice === undefined ? {} : { choice });
    },
    sendFiles(files) {
      start();
      files.forEach(uploads.add);
    },
    sendPlace(place) {
      start();
      outbox.add('', { place });
    },
    retry(id) {
      feed.hurry();
      sending.retry(id);
    },
    discard: sending.discard,
  };

  function snapshot(): ChatState {
    return {
      activities: [...seen.values()],
      outbox: outbox.items(),
      ...{ uploads: uploads.items(), previewOf: uploads.previewOf },
      isStuck: outbox.isStuck(),
      banner: notices.shown(),
      connection,
    };
  }
}

/** Words and files on their way: two lines, as no word shall wait for a large file. */
function createSending(api: DirectLineApi, keeper: SessionKeeper, storage: KeyValueStore, onChange: () => void) {
  const common = { now: Date.now, newId: createMessageIds(Date.now, Math.random), backoff: retryDelay, onChange };
  const outbox = createOutbox({
    ...{ ...common, storage },
    post: (outgoing) => inSession(keeper, (session) => api.post(session, outgoing)),
  });
  const uploads = createUploadQueue({
    ...{ ...common, showPicture: (file) => URL.createObjectURL(file) },
    upload: (upload, onProgress) => inSession(keeper, (session) => api.upload(session, upload, onProgress)),
  });
  return {
    outbox,
    uploads,
    flush() {
      outbox.flush();
      uploads.flush();
    },
    confirm(ids: readonly string[]) {
      outbox.confirm(ids);
      uploads.confirm(ids);
    },
    retry(id: string) {
      outbox.retry(id);
      uploads.retry(id);
    },
    discard(id: string) {
      outbox.discard(id);
      uploads.discard(id);
    },
  };
}

async function inSession(
  keeper: SessionKeeper,
  call: (session: Session) => Promise<Outcome<string>>,
): Promise<Outcome<string>> {
  const session = await keeper.current();
  if (!session.ok) {
    return session;
  }
  const outcome = await call(session.value);
  if (!outcome.ok && outcome.why === 'expired') {
    keeper.reject(session.value);
  }
  return outcome;
}

/** Tells when there is hope again, and when another tab has written. */
function listenToBrowser(
  isOffline: () => boolean,
  { onHope, onOtherTab }: { readonly onHope: () => void; readonly onOtherTab: () => void },
): void {
  globalThis.addEventListener('online', onHope);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && isOffline()) {
      onHope();
    }
  });
  globalThis.addEventListener('storage', ({ key }) => {
    if (key?.startsWith(OUTBOX_PREFIX)) {
      onOtherTab();
    }
  });
}

/** Doubles with each failure; the random part keeps the visitors of a restarted server from coming all at once. */
function retryDelay(failures: number): number {
  const longest = Math.min(SLOWEST_RETRY_MS, 500 * 2 ** failures);
  return longest / 2 + (Math.random() * longest) / 2;
}
