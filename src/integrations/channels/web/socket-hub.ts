import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from 'ws';
import { conversationId } from '../../../bot/conversation.ts';
import type { DeskEvents } from '../../../bot/ports.ts';
import type { Banner } from '../../banner/banner.ts';
import type { ActivityPage, ReadActivities } from './activity-feed.ts';
import type { BannerPushes } from './banner-pushes.ts';
import { CHANNEL } from './parse.ts';
import type { WebActivity } from './render.ts';

/** The open sockets of all visitors: pushes what is new to each as soon as a wake-up tells of it. */
export interface SocketHub {
  open(socket: WebSocket, visitor: string, after: number, takesBanner: boolean): void;
  /** Shows activities that the conversation does not hold, to the sockets open now; returns how many there are. */
  show(visitor: string, activities: readonly WebActivity[]): number;
  close(): void;
}

interface Listener {
  readonly socket: WebSocket;
  readonly visitor: string;
  watermark: number;
  isReading: boolean;
  hasNews: boolean;
  isAlive: boolean;
  /** Set while a read that failed waits to be made again. */
  again?: NodeJS.Timeout | undefined;
  endBanner: () => void;
}

const MOST_SOCKETS = 8;
const MOST_UNSENT_BYTES = 1_000_000;
/** What could not be read for a socket is asked for again so much later. */
const READ_AGAIN_MS = 1_000;
const GOING_AWAY = 1001;
const TRY_LATER = 1013;

export function createSocketHub(deps: {
  read: ReadActivities;
  events: DeskEvents;
  account: string;
  keepAliveMs: number;
  banner: Pick<BannerPushes, 'watch' | 'wake'>;
  logger: Pick<FastifyBaseLogger, 'warn'>;
}): SocketHub {
  const listeners = new Map<string, Set<Listener>>();

  async function push(listener: Listener): Promise<void> {
    listener.hasNews = true;
    if (listener.isReading) {
      return;
    }
    listener.isReading = true;
    try {
      while (listener.hasNews && listener.socket.readyState === listener.socket.OPEN) {
        listener.hasNews = false;
        const page = await deps.read(listener.visitor, listener.watermark);
        listener.hasNews ||= page.hasMore;
        listener.watermark = page.watermark;
        send(listener, page);
      }
    } catch (error) {
      // The socket stays open: while the database is away, words of danger reach the customer only here.
      deps.logger.warn({ err: error }, 'web: could not read a conversation for its socket');
      listener.again ??= setTimeout(() => {
        listener.again = undefined;
        void push(listener);
      }, READ_AGAIN_MS).unref();
    } finally {
      listener.isReading = false;
    }
  }

  function wake(visitor: string): void {
    for (const listener of listeners.get(visitor) ?? []) {
      void push(listener);
    }
    deps.banner.wake(visitor);
  }

  const prefix = conversationId({ channel: CHANNEL, account: deps.account, customer: '' });
  const unsubscribe = deps.events.subscribe((wakeup) => {
    if (wakeup.conversationId.startsWith(prefix)) {
      wake(wakeup.conversationId.slice(prefix.length));
    }
  });

  const keepAlive = setInterval(() => {
    for (const group of listeners.values()) {
      for (const listener of group) {
        keepOpen(listener);
        // A wake-up may be lost on its way between nodes; this bounds the delay.
        void push(listener);
      }
    }
  }, deps.keepAliveMs);
  keepAlive.unref();

  function forget(listener: Listener): void {
    listener.endBanner();
    const group = listeners.get(listener.visitor);
    group?.delete(listener);
    if (group?.size === 0) {
      listeners.delete(listener.visitor);
    }
  }

  return {
    open(socket, visitor, after, takesBanner) {
      const group = listeners.get(visitor) ?? new Set();
      if (group.size >= MOST_SOCKETS) {
        socket.close(TRY_LATER, 'collision');
        return;
      }
      const listener: Listener = {
        ...{ socket, visitor, watermark: after, isReading: false, hasNews: false, isAlive: true },
        endBanner: () => {},
      };
      listeners.set(visitor, group.add(listener));
      if (takesBanner) {
        listener.endBanner = deps.banner.watch(visitor, (banner) => send(listener, { activities: [], banner }));
      }
      socket.on('pong', () => {
        listener.isAlive = true;
      });
      socket.on('message', () => {
        listener.isAlive = true;
      });
      socket.on('close', () => forget(listener));
      socket.on('error', () => socket.terminate());
      void push(listener);
    },
    show(visitor, activities) {
      const group = listeners.get(visitor) ?? new Set<Listener>();
      for (const listener of group) {
        send(listener, { activities });
      }
      return group.size;
    },
    close() {
      clearInterval(keepAlive);
      unsubscribe();
      for (const group of listeners.values()) {
        for (const listener of group) {
          listener.socket.close(GOING_AWAY);
        }
      }
      listeners.clear();
    },
  };
}

interface Frame extends Pick<ActivityPage, 'activities'> {
  /** For clients that have asked for it: no part of Direct Line. */
  readonly banner?: Banner;
}

function send(listener: Listener, { activities, banner }: Frame): void {
  if ((activities.length === 0 && banner === undefined) || listener.socket.readyState !== listener.socket.OPEN) {
    return;
  }
  if (listener.socket.bufferedAmount > MOST_UNSENT_BYTES) {
    listener.socket.terminate();
    return;
  }
  listener.socket.send(
    JSON.stringify({ activities, watermark: String(listener.watermark), ...(banner !== undefined && { banner }) }),
  );
}

function keepOpen(listener: Listener): void {
  if (!listener.isAlive) {
    listener.socket.terminate();
    return;
  }
  listener.isAlive = false;
  listener.socket.ping();
  // An empty frame is Direct Line's own sign of life: a browser cannot see pings.
  listener.socket.send('');
}
