import type { LiveNews, LiveWish } from '../desk-api/live.ts';

/** The page's socket to the server: it comes back by itself after every break. */
export interface LiveLink {
  watch(conversationId: string | null): void;
  /** Tells colleagues that the agent is writing in the watched conversation. */
  typing(): void;
  close(): void;
}

interface LiveListeners {
  readonly onNews: (news: LiveNews) => void;
  readonly onConnected: (isConnected: boolean) => void;
  /** The socket is there again after a break. */
  readonly onBack: () => void;
  readonly onSessionEnded: () => void;
}

const SESSION_ENDED = 4401;
/** The server beats every ten seconds: after two missed beats nobody is there any more. */
const SILENCE_MS = 25_000;
const LONGEST_WAIT_MS = 8_000;

export function openLiveLink({ onNews, onConnected, onBack, onSessionEnded }: LiveListeners): LiveLink {
  let socket: WebSocket | undefined;
  let watched: string | null = null;
  let isClosed = false;
  let attempts = 0;
  let wasLost = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function listenForSilence(): void {
    clearTimeout(silence);
    silence = setTimeout(lose, SILENCE_MS);
  }

  /** A dead network never says goodbye, so the socket is dropped without waiting for its close. */
  function lose(): void {
    const lost = socket;
    socket = undefined;
    clearTimeout(silence);
    lost?.close();
    wasLost = true;
    onConnected(false);
    if (!isClosed) {
      const wait = Math.min(LONGEST_WAIT_MS, 400 * 2 ** attempts);
      attempts += 1;
      clearTimeout(retry);
      // All desks come back after a restart: not all in the same moment.
      retry = setTimeout(connect, wait * (0.5 + Math.random() / 2));
    }
  }

  function sendWatch(): void {
    if (socket?.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify({ type: 'watch', conversationId: watched } satisfies LiveWish));
    }
  }

  function connect(): void {
    const mine = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/desk/live`);
    socket = mine;
    listenForSilence();
    mine.onmessage = ({ data }) => {
      if (socket !== mine) {
        return;
      }
      listenForSilence();
      const news = JSON.parse(String(data)) as LiveNews;
      if (news.type === 'hello') {
        attempts = 0;
        onConnected(true);
        if (wasLost) {
          wasLost = false;
          onBack();
        }
        sendWatch();
      }
      onNews(news);
    };
    mine.onclose = ({ code }) => {
      if (socket !== mine) {
        return;
      }
      if (code === SESSION_ENDED) {
        isClosed = true;
        onSessionEnded();
      }
      lose();
    };
  }

  function reconnectNow(): void {
    if (socket === undefined && !isClosed) {
      attempts = 0;
      clearTimeout(retry);
      connect();
    }
  }

  window.addEventListener('online', reconnectNow);
  window.addEventListener('offline', lose);
  connect();

  return {
    watch(conversationId) {
      watched = conversationId;
      sendWatch();
    },
    typing() {
      if (socket?.readyState === WebSocket.OPEN) {
        socket.send(JSON.stringify({ type: 'typing' } satisfies LiveWish));
      }
    },
    close() {
      isClosed = true;
      window.removeEventListener('online', reconnectNow);
      window.removeEventListener('offline', lose);
      clearTimeout(retry);
      clearTimeout(silence);
      const open = socket;
      socket = undefined;
      open?.close();
    },
  };
}
