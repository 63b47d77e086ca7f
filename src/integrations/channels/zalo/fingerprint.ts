import { createHash } from 'node:crypto';

/** Tells whether an echo has the words of a send, without keeping the words. Blanks may come back changed. */
export function fingerprintOf(text: string | undefined): string {
  const words = (text ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim();
  return createHash('sha256').update(words).digest('base64url');
}
