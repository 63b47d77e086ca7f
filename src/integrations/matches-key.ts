import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares what a caller gave with a secret, in the same time whatever was given. */
export function matchesKey(given: string, key: string): boolean {
  return timingSafeEqual(hash(given), hash(key));
}

/** The key of an `Authorization: Bearer …` header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return authorization?.replace(/^Bearer /i, '');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
