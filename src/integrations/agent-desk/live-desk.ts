import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { ConversationStore, DeskEvents } from '../../bot/ports.ts';
import type { AgentRole } from './agent-store.ts';
import type { LiveNews, LiveWish } from './desk-api/live.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { QueueBoard } from './queue-board.ts';
import type { ScreensLine } from './screens-line.ts';
import type { OpenSession, Sessions } from './sessions.ts';
import { createColleagueTeller } from './tell-colleagues.ts';

/** The open screens of this node. */
export interface LiveDesk {
  accept(socket: WebSocket, session: OpenSession): void;
  /** Closes the sockets of a session that has ended. */
  drop(tokenHash: string): void;
  /** Closes the sockets of an agent: the page asks anew who is logged in. */
  dropAgent(agentId: string): void;
  close(): void;
}

interface LiveDeps {
  readonly store: Pick<ConversationStore, 'head'>;
  readonly events: DeskEvents;
  readonly board: QueueBoard;
  readonly sessions: Sessions;
  readonly leases: Pick<LeaseKeeper, 'seen'>;
  /** The screens of other nodes. */
  readonly line: ScreensLine;
  readonly onError: (error: unknown) => void;
  readonly heartbeatMs?: number;
}

interface Screen {
  readonly socket: WebSocket;
  readonly tokenHash: string;
  readonly name: string;
  readonly agentId: string;
  readonly role: AgentRole;
  watched: string | null;
  /** Of the board, as this screen was told last. */
  revision: string;
  /** Until when the agent is taken to be typing, ms of this process. */
  typingUntil: number;
  /** Whether anything has come back since the last beat. */
  isAlive: boolean;
}

/** Tells the page to ask anew who is logged in: nobody, or somebody with another role. */
export const SESSION_ENDED = 4401;
const SERVER_STOPS = 1012;

const wish = z.discriminatedUnion('type', [
  z.object({ type: z.literal('watch'), conversationId: z.string().max(400).nullable() }),
  z.object({ type: z.literal('typing') }),
]);
const TYPING_MS = 5_000;
const NODE_IS_GONE_AFTER_BEATS = 3;

export function createLiveDesk(deps: LiveDeps): LiveDesk {
  const { store, events, board, sessions, leases, line, onError, heartbeatMs = 10_000 } = deps;
  const screens = new Set<Screen>();
  const colleagues = createColleagueTeller({
    ...{ screens, line, keptMs: NODE_IS_GONE_AFTER_BEATS * heartbeatMs },
    show: (screen, conversationId, here) => tell(screen, { type: 'colleagues', conversationId, here }),
  });
  const endWakeups = events.subscribe(({ conversationId, version }) => {
    for (const screen of screens) {
      if (screen.watched === conversationId) {
        tell(screen, { type: 'conversation', conversationId, version });
      }
    }
  });
  const endBoard = board.subscribe((revision) => {
    for (const screen of screens) {
      if (screen.revision !== revision) {
        tellBoard(screen, { type: 'queue', revision });
      }
    }
  });

  function noteTyping(screen: Screen): void {
    screen.typingUntil = performance.now() + TYPING_MS;
    colleagues.tell(screen.watched);
    setTimeout(() => colleagues.tell(screen.watched), TYPING_MS + 1).unref();
  }

  /** Answers with the version that stands now: what came while nobody watched is not missed. */
  async function watchConversation(screen: Screen, conversationId: string | null): Promise<void> {
    const before = screen.watched;
    screen.watched = conversationId;
    screen.typingUntil = 0;
    colleagues.tell(before);
    colleagues.tell(conversationId, true);
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
    const agent = await sessions.agentOf(screen.tokenHash);
    if (agent?.role !== screen.role) {
      screen.socket.close(SESSION_ENDED);
      return;
    }
    await leases.seen(screen.tokenHash);
    screen.isAlive = false;
    screen.socket.ping();
    tell(screen, { type: 'beat' });
  }

  function dropThose(isMeant: (screen: Screen) => boolean): void {
    for (const screen of [...screens].filter(isMeant)) {
      screen.socket.close(SESSION_ENDED);
    }
  }

  const heartbeat = setInterval(() => {
    for (const screen of screens) {
      beat(screen).catch(onError);
    }
    colleagues.tellAll();
  }, heartbeatMs).unref();

  return {
    accept(socket, { session, agent }) {
      const { id: agentId, name, role } = agent;
      const { tokenHash } = session;
      const screen: Screen = {
        ...{ socket, agentId, name, role, tokenHash },
        ...{ watched: null, revision: '', typingUntil: 0, isAlive: true },
      };
      screens.add(screen);
      socket.on('pong', () => {
        screen.isAlive = true;
      });
      socket.on('message', (raw) => {
        screen.isAlive = true;
        const asked = parseWish(raw.toString());
        if (asked?.type === 'watch') {
          watchConversation(screen, asked.conversationId).catch(onError);
        } else if (asked?.type === 'typing') {
          noteTyping(screen);
        }
      });
      socket.on('error', onError);
      socket.on('close', () => {
        screens.delete(screen);
        colleagues.tell(screen.watched);
      });
      // The page compares the revision with its own: it missed nothing, or it looks again.
      board
        .read()
        .then(({ revision }) => tellBoard(screen, { type: 'hello', revision }))
        .catch(onError);
    },
    drop: (tokenHash) => dropThose((screen) => screen.tokenHash === tokenHash),
    dropAgent: (agentId) => dropThose((screen) => screen.agentId === agentId),
    close() {
      endWakeups();
      colleagues.close();
      endBoard();
      clearInterval(heartbeat);
      for (const { socket } of screens) {
        socket.close(SERVER_STOPS);
      }
    },
  };
}

function tell({ socket }: Screen, news: LiveNews): void {
  if (socket.readyState === socket.OPEN) {
    socket.send(JSON.stringify(news));
  }
}

function tellBoard(screen: Screen, news: Extract<LiveNews, { type: 'hello' | 'queue' }>): void {
  screen.revision = news.revision;
  tell(screen, news);
}

function parseWish(raw: string): LiveWish | undefined {
  try {
    return wish.parse(JSON.parse(raw));
  } catch {
    // Not ours: a page of another release, or somebody playing.
    return undefined;
  }
}
