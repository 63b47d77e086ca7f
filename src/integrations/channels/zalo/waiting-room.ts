import type { InboundEvent } from '../../../bot/message.ts';
import type { Clock } from '../../../bot/ports.ts';
import type { EchoMark, WaitingEvent, WaitingStore } from './store.ts';

export interface WaitingRoomDeps {
  readonly store: WaitingStore;
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  /** Whether an echo is our own. */
  readonly isOurs: (event: InboundEvent, echo: EchoMark) => Promise<boolean>;
  /** Whether a customer's message that is due has to wait further. */
  readonly isHeld: (event: InboundEvent) => boolean;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/**
 * Where events wait a moment: customers' messages for one that was written earlier and comes later, or is found in Zalo's
 * lists (`Hold`), echoes of unclear origin for the answer to our own send. They wait as rows, so that a crash loses none.
 */
export interface WaitingRoom {
  /** Durable when it resolves. */
  enter(waiting: WaitingEvent, forMs: number): Promise<void>;
  /** Hands over what is due; what a crash left as well. */
  sweep(): Promise<void>;
  close(): void;
}

export function createWaitingRoom({ store, receive, isOurs, isHeld, clock, onError }: WaitingRoomDeps): WaitingRoom {
  const timers = new Set<NodeJS.Timeout>();
  let running: Promise<void> | undefined;
  let isWanted = false;

  async function ready(): Promise<readonly WaitingEvent[]> {
    return (await store.due(clock.now())).filter(({ event, echo }) => echo !== undefined || !isHeld(event));
  }

  async function handOver(): Promise<void> {
    for (let due = await ready(); due.length > 0; due = await ready()) {
      for (const { event, echo } of due) {
        if (echo === undefined || !(await isOurs(event, echo))) {
          await receive(event);
        }
        await store.remove(event.key);
      }
    }
  }

  /** One at a time, or an event could be overtaken by a later one. */
  async function sweep(): Promise<void> {
    isWanted = true;
    running ??= (async () => {
      while (isWanted) {
        isWanted = false;
        await handOver();
      }
    })().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    async enter(waiting, forMs) {
      await store.put(waiting, clock.now() + forMs);
      const timer = setTimeout(() => {
        timers.delete(timer);
        sweep().catch(onError);
      }, forMs + 1);
      timers.add(timer);
    },
    sweep,
    close() {
      for (const timer of timers) {
        clearTimeout(timer);
      }
      timers.clear();
    },
  };
}
