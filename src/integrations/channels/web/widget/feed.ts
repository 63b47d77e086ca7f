import type { ActivitySet, DirectLineApi, Session } from './direct-line-api.ts';
import type { SessionKeeper } from './session-keeper.ts';

export type Connection = 'connecting' | 'online' | 'offline';

/** Brings in what is new in the conversation, whatever happens to the connection. */
export interface Feed {
  start(): void;
  /** The network may be back: do not wait any longer. */
  hurry(): void;
  /** What is being read is no longer wanted: begin again at the watermark. */
  restart(): void;
}

export interface FeedDeps {
  readonly api: DirectLineApi;
  readonly keeper: SessionKeeper;
  readonly watermark: () => string;
  readonly onActivities: (set: ActivitySet) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly backoff: (failures: number) => number;
}

const POLL_MS = 2000;
const POLLS_BEFORE_NEXT_SOCKET = 20;
const SOCKET_FAILURES_BEFORE_POLLING = 2;
const SOCKET_OPENS_WITHIN_MS = 8000;
// The server gives a sign of life every 20 seconds.
const SILENCE_MS = 50_000;

export function createFeed(deps: FeedDeps): Feed {
  let failures = 0;
  let socketFailures = 0;
  let isStarted = false;
  let wakeUp: () => void = () => undefined;
  let hangUp: () => void = () => undefined;

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(): Promise<never> {
    for (;;) {
      const isOnline = socketFailures < SOCKET_FAILURES_BEFORE_POLLING ? await overSocket() : await byPolling();
      if (!isOnline) {
        failures += 1;
        deps.onConnection('offline');
        await sleep(deps.backoff(failures));
      }
    }
  }

  /** True when the socket had been open: then the next attempt may come soon. */
  async function overSocket(): Promise<boolean> {
    const session = await deps.keeper.current();
    if (!session.ok) {
      return false;
    }
    const url = await deps.api.streamUrl(session.value, deps.watermark());
    if (!url.ok) {
      return refusedBy(session.value, url.why);
    }
    const socket = readSocket(url.value, deps.onActivities, () => {
      failures = 0;
      socketFailures = 0;
      deps.onConnection('online');
    });
    hangUp = socket.end;
    const wasOpen = await socket.wasOpen;
    if (wasOpen) {
      deps.onConnection('connecting');
      await sleep(deps.backoff(0));
    } else {
      socketFailures += 1;
    }
    return wasOpen;
  }

  async function byPolling(): Promise<boolean> {
    for (let polls = 0; polls < POLLS_BEFORE_NEXT_SOCKET; polls += 1) {
      const session = await deps.keeper.current();
      if (!session.ok) {
        return false;
      }
      const set = await deps.api.activities(session.value, deps.watermark());
      if (!set.ok) {
        return refusedBy(session.value, set.why);
      }
      failures = 0;
      deps.onConnection('online');
      deps.onActivities(set.value);
      await sleep(POLL_MS);
    }
    socketFailures = SOCKET_FAILURES_BEFORE_POLLING - 1;
    return true;
  }

  function refusedBy(session: Session, why: 'expired' | 'refused' | 'later'): boolean {
    if (why === 'expired') {
      deps.keeper.reject(session);
    }
    return false;
  }

  return {
    start() {
      if (!isStarted) {
        isStarted = true;
        void run();
      }
    },
    hurry: () => wakeUp(),
    restart: () => hangUp(),
  };
}

/** Reads one socket to its end; `wasOpen` resolves then. */
function readSocket(url: string, onSet: (set: ActivitySet) => void, onOpen: () => void) {
  const socket = new WebSocket(url);
  const { promise, resolve } = deferred<boolean>();
  let isOpen = false;
  let watchdog = setTimeout(end, SOCKET_OPENS_WITHIN_MS);

  function end(): void {
    clearTimeout(watchdog);
    Object.assign(socket, { onopen: null, onmessage: null, onclose: null, onerror: null });
    socket.close();
    globalThis.removeEventListener('offline', end);
    resolve(isOpen);
  }
  function stillAlive(): void {
    clearTimeout(watchdog);
    watchdog = setTimeout(end, SILENCE_MS);
  }

  socket.onopen = () => {
    isOpen = true;
    stillAlive();
    onOpen();
  };
  socket.onmessage = ({ data }) => {
    stillAlive();
    if (data !== '') {
      onSet(JSON.parse(String(data)) as ActivitySet);
    }
  };
  socket.onclose = end;
  socket.onerror = end;
  // A socket over a network that is gone may stay silent for minutes.
  globalThis.addEventListener('offline', end);
  return { wasOpen: promise, end };
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
