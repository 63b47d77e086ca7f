import { createHash } from 'node:crypto';

/** Stands for a customer code or another id in keys, which stay when a person is erased. */
export function maskOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 12);
}

const MOST_TAILS = 4;

/** The ends of several codes, as one reads them; the last of many are only counted. */
export function tailsOf(codes: readonly string[]): string {
  const tails = codes.slice(0, MOST_TAILS).map(tailOf).join(', ');
  return codes.length <= MOST_TAILS ? tails : `${tails} và ${codes.length - MOST_TAILS} mã`;
}

/** The end of a code: enough for whoever has several, and no more. */
export function tailOf(code: string): string {
  return code.slice(-3);
}
