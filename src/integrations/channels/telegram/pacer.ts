import type { Clock } from '../../../bot/ports.ts';

/** Keeps the messages of this process inside Telegram's limits, for each chat and for all together. */
export interface Pacer {
  /**
   * How long the message must still wait, ms; 0: it may go now. What has to wait keeps its place under its `ticket`,
   * so that asking again does not send it to the end of the line. `isUrgent`: it waits for Telegram's own pauses only.
   */
  wait(chat: string, ticket: string, isUrgent: boolean): number;
  /** Telegram has asked for a pause. Asked for by two chats at a time, it holds for all. */
  pause(chat: string, forMs: number): void;
}

const MANY = 5_000;
const ABANDONED_AFTER_MS = 10 * 60_000;

export function createPacer({
  clock,
  chatEveryMs,
  messagesPerSecond,
}: {
  readonly clock: Clock;
  readonly chatEveryMs: number;
  readonly messagesPerSecond: number;
}): Pacer {
  const places = new Map<string, number>();
  const nextOfChat = new Map<string, number>();
  const pauses = new Map<string, number>();
  let nextOfAll = 0;
  let allPausedUntil = 0;

  function newPlace(chat: string, isUrgent: boolean): number {
    const now = clock.now();
    const turnOfAll = Math.max(now, nextOfAll);
    const turnOfChat = Math.max(now, nextOfChat.get(chat) ?? 0);
    const at = isUrgent ? now : Math.max(turnOfAll, turnOfChat);
    nextOfAll = turnOfAll + 1_000 / messagesPerSecond;
    nextOfChat.set(chat, Math.max(at, turnOfChat) + chatEveryMs);
    forgetBefore(nextOfChat, now);
    forgetBefore(places, now - ABANDONED_AFTER_MS);
    return at;
  }

  return {
    wait(chat, ticket, isUrgent) {
      const now = clock.now();
      const place = places.get(ticket) ?? newPlace(chat, isUrgent);
      const at = Math.max(place, pauses.get(chat) ?? 0, allPausedUntil);
      if (at <= now) {
        places.delete(ticket);
        return 0;
      }
      places.set(ticket, place);
      return at - now;
    },
    pause(chat, forMs) {
      const now = clock.now();
      const until = now + forMs;
      const isAlone = [...pauses].every(([other, end]) => other === chat || end <= now);
      forgetBefore(pauses, now, 0);
      pauses.set(chat, until);
      if (!isAlone) {
        allPausedUntil = Math.max(allPausedUntil, until);
      }
    },
  };
}

function forgetBefore(times: Map<string, number>, before: number, keep = MANY): void {
  if (times.size > keep) {
    for (const [name, time] of times) {
      if (time < before) {
        times.delete(name);
      }
    }
  }
}
