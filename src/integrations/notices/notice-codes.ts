import { createHash } from 'node:crypto';

/** Stands for a customer code or another id in keys, which stay when a person is erased. */
export function maskOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 12);
}

/** The end of a code: enough for whoever has several, and no more. */
export function tailOf(code: string): string {
  return code.slice(-3);
}
