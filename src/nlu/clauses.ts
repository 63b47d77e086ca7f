import { gapBefore, type Phrases, phraseAt, phrases, type Reading } from './entities/extractor.ts';
import type { Token } from './tokenize.ts';

const JOINS: Phrases = phrases(
  'mà',
  'à mà',
  'với lại',
  'vả lại',
  'tiện thể',
  'sẵn',
  'sẵn tiện',
  'luôn tiện',
  'ngoài ra',
  'đồng thời',
  'còn',
  'rồi',
  'và',
  'sau đó',
  'nhân tiện',
  'thêm nữa',
  'rồi cho',
  'xong',
); // prettier-ignore
const SHORTEST = 3;
/** A shorter utterance holds one request. */
const SHORTEST_DOUBLE = 8;

/** Splits an utterance into its clauses, at signs and at words that join requests; one clause gives none. */
export function splitClauses(reading: Reading): readonly (readonly Token[])[] {
  const { tokens } = reading;
  if (tokens.length < SHORTEST_DOUBLE) return [];
  const clauses: Token[][] = [];
  let current: Token[] = [];
  const close = (): void => {
    if (current.length >= SHORTEST) {
      clauses.push(current);
      current = [];
    }
  };
  tokens.forEach((token, i) => {
    if (i > 0 && (/[.?!;,:\n]/.test(gapBefore(reading, i)) || phraseAt(reading, i, JOINS) > 0)) close();
    current.push(token);
  });
  if (current.length >= SHORTEST || clauses.length === 0) clauses.push(current);
  else clauses.at(-1)?.push(...current);
  return clauses.length > 1 ? clauses : [];
}
