import { randomBytes, randomInt } from 'node:crypto';
import type { Ids } from '../bot/ports.ts';

/** Without 0/O and 1/I/L, which are confused when read out on the phone. */
const SPOKEN_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
/**
 * A number is told before its ticket is opened, so it must not be drawn twice: in a storm day of 20,000 tickets the chance
 * of that is 1 : 4,000 (with five signs six of them met another).
 */
const TICKET_LENGTH = 8;

/** Bytes of one id, and how many ids are drawn at once: asking for them costs the more the more often it is done. */
const ID_BYTES = 9;
const IDS_AT_ONCE = 256;

/** Ids from the system's random source; `now` orders them roughly by time. */
export function createRandomIds(now: () => number): Ids {
  let drawn = Buffer.alloc(0);
  let used = 0;

  /** Each byte is given out once. */
  function nextBytes(): Buffer {
    if (used === drawn.length) {
      drawn = randomBytes(ID_BYTES * IDS_AT_ONCE);
      used = 0;
    }
    used += ID_BYTES;
    return drawn.subarray(used - ID_BYTES, used);
  }

  return {
    next: () => `${now().toString(36)}${nextBytes().toString('base64url')}`,
    ticketNumber(prefix, at) {
      const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at).replaceAll('-', '');
      const tail = Array.from({ length: TICKET_LENGTH }, () => SPOKEN_ALPHABET[randomInt(SPOKEN_ALPHABET.length)]);
      return `${prefix}${day.slice(2)}-${tail.join('')}`;
    },
  };
}
