import { randomBytes, randomInt } from 'node:crypto';
import type { Ids } from '../bot/ports.ts';

/** Without 0/O and 1/I/L, which are confused when read out on the phone. */
const SPOKEN_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const TICKET_LENGTH = 5;

/** Ids from the system's random source; `now` orders them roughly by time. */
export function createRandomIds(now: () => number): Ids {
  return {
    next: () => `${now().toString(36)}${randomBytes(9).toString('base64url')}`,
    ticketNumber(prefix, at) {
      const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at).replaceAll('-', '');
      const tail = Array.from({ length: TICKET_LENGTH }, () => SPOKEN_ALPHABET[randomInt(SPOKEN_ALPHABET.length)]);
      return `${prefix}${day.slice(2)}-${tail.join('')}`;
    },
  };
}
