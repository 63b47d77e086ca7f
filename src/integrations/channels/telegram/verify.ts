import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a request carries the secret that Telegram was given with the address; in constant time. */
export function isFromTelegram(given: string | undefined, secret: string): boolean {
  return given !== undefined && timingSafeEqual(digestOf(given), digestOf(secret));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
