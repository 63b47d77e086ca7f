import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { ConversationStore, DeskEvents } from '../../bot/ports.ts';
import type { LiveNews, LiveWatch } from './desk-api.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { QueueBoard } from './queue-board.ts';
import type { OpenSession, Sessions } from './sessions.ts';

/** The open screens of this node. */
export interface LiveDesk {
  accept(socket: WebSocket, session: OpenSession): void;
  /** Closes the sockets of a session that has ended. */
  drop(tokenHash: string): void;
  close(): void;
}

interface LiveDeps {
  readonly store: Pick<ConversationStore, 'head'>;
  readonly events: DeskEvents;
  readonly board: QueueBoard;
  readonly sessions: Sessions;
  readonly leases: Pick<LeaseKeeper, 'seen'>;
  readonly onError: (error: unknown) => void;
  readonly heartbeatMs?: number;
}

interface Screen {
  readonly socket: WebSocket;
  readonly tokenHash: string;
  watched: string | null;
  /** Whether anything has come back since the last beat. */
  isAlive: boolean;
}

/** Tells the page that logging in again is the only way on. */
export const SESSION_ENDED = 4401;
const SERVER_STOPS = 1012;

const watchMessage = z.object({ type: z.literal('watch'), conversationId: z.string().max(400).nullable() });

export function createLiveDesk(deps: LiveDeps): LiveDesk {
  const { store, events, board, sessions, leases, onError, heartbeatMs = 10_000 } = deps;
  const screens = new Set<Screen>();

  function tell(screen: Screen, news: LiveNews): void {
    if (screen.socket.readyState === screen.socket.OPEN) {
      screen.socket.send(JSON.stringify(news));
    }
  }

  const endWakeups = events.subscribe(({ conversationId, version }) => {
    for (const screen of screens) {
      if (screen.watched === conversationId) {
        tell(screen, { type: 'conversation', conversationId, version });
      }
    }
  });
  const endBoard = board.subscribe((revision) => {
    for (const screen of screens) {
      tell(screen, { type: 'queue', revision });
    }
  });

  /** Answers with the version that stands now: what came while nobody watched is not missed. */
  async function watchConversation(screen: Screen, conversationId: string | null): Promise<void> {
    screen.watched = conversationId;
    const head = conversationId === null ? undefined : await store.head(conversationId);
    if (head !== undefined) {
      tell(screen, { type: 'conversation', conversationId: head.conversationId, version: head.version });
    }
  }

  async function beat(screen: Screen): Promise<void> {
    if (!screen.isAlive) {
      screen.socket.terminate();
      return;
    }
    if (!(await sessions.isOpen(screen.tokenHash))) {
      screen.socket.close(SESSION_ENDED);
      return;
    }
    await leases.seen(screen.tokenHash);
    screen.isAlive = false;
    screen.socket.ping();
    tell(screen, { type: 'beat' });
  }

  const heartbeat = setInterval(() => {
    for (const screen of screens) {
      beat(screen).catch(onError);
    }
  }, heartbeatMs).unref();

  return {
    accept(socket, { session }) {
      const screen: Screen = { socket, tokenHash: session.tokenHash, watched: null, isAlive: true };
      screens.add(screen);
      socket.on('pong', () => {
        screen.isAlive = true;
      });
      socket.on('message', (raw) => {
        screen.isAlive = true;
        const watch = parseWatch(raw.toString());
        if (watch !== undefined) {
          watchConversation(screen, watch.conversationId).catch(onError);
        }
      });
      socket.on('error', onError);
      socket.on('close', () => screens.delete(screen));
      // The page compares the revision with its own: it missed nothing, or it looks again.
      board
        .read()
        .then(({ revision }) => tell(screen, { type: 'hello', revision }))
        .catch(onError);
    },
    drop(tokenHash) {
      for (const screen of screens) {
        if (screen.tokenHash === tokenHash) {
          screen.socket.close(SESSION_ENDED);
        }
      }
    },
    close() {
      endWakeups();
      endBoard();
      clearInterval(heartbeat);
      for (const { socket } of screens) {
        socket.close(SERVER_STOPS);
      }
    },
  };
}

function parseWatch(raw: string): LiveWatch | undefined {
  try {
    return watchMessage.parse(JSON.parse(raw));
  } catch {
    // Not ours: a page of another release, or somebody playing.
    return undefined;
  }
}
