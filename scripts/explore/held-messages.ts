import { type IncomingMessage, Server } from 'node:http';
import { setImmediate as nextRound } from 'node:timers/promises';

/** Whose message is let in next, or a round of chores, so many rounds of the event loop after what came before it. */
export interface Release {
  readonly visitor: string | 'chores';
  readonly rounds: number;
}

export interface HeldMessages {
  /** Messages that come from now on wait until those of all these are here; then they are let in, one after the other. */
  release(next: readonly Release[]): void;
  /** Resolves when all that were named are let in. */
  isOver(): Promise<void>;
}

const MESSAGE_PATH = /\/conversations\/([^/]+)\/(?:activities|upload)$/;

/**
 * Messages that are sent at the same time reach a server in an order that nobody knows. Here they wait at its door, and
 * are let in in the order and with the distances that somebody has drawn: so the same seed meets the same crash.
 */
export function holdMessages(doChores: () => Promise<void>): HeldMessages {
  const arrived = new Map<string, () => void>();
  let awaited: readonly Release[] = [];
  let isHolding = false;
  let over: Promise<void> = Promise.resolve();
  let declareOver: () => void = () => {};

  function letInWhenComplete(): void {
    const messages = awaited.filter(({ visitor }) => visitor !== 'chores');
    if (isHolding && messages.every(({ visitor }) => arrived.has(visitor))) {
      isHolding = false;
      void letIn(awaited).then(declareOver, declareOver);
    }
  }

  async function letIn(order: readonly Release[]): Promise<void> {
    const chores: Promise<void>[] = [];
    for (const { visitor, rounds } of order) {
      for (let round = 0; round < rounds; round += 1) {
        await nextRound();
      }
      if (visitor === 'chores') {
        chores.push(doChores());
      } else {
        arrived.get(visitor)?.();
        arrived.delete(visitor);
      }
    }
    await Promise.all(chores);
  }

  const emit = Server.prototype.emit as (...event: unknown[]) => boolean;
  Server.prototype.emit = function (this: Server, ...event: unknown[]): boolean {
    const visitor = event[0] === 'request' ? visitorOf(event[1] as IncomingMessage) : undefined;
    if (visitor === undefined) {
      return emit.apply(this, event);
    }
    arrived.set(visitor, () => void emit.apply(this, event));
    letInWhenComplete();
    return true;
  };

  return {
    release(next) {
      awaited = next;
      isHolding = true;
      over = new Promise((resolve) => {
        declareOver = resolve;
      });
      letInWhenComplete();
    },
    isOver: () => over,
  };
}

function visitorOf({ method, url }: IncomingMessage): string | undefined {
  const id = method === 'POST' ? MESSAGE_PATH.exec(url?.split('?')[0] ?? '')?.[1] : undefined;
  return id === undefined ? undefined : decodeURIComponent(id);
}
