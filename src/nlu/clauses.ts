import { gapBefore, type Phrases, phraseAt, phrases, type Reading } from './entities/extractor.ts';

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

/** The tokens from `from` up to, not including, `to`. */
export interface Clause {
  readonly from: number;
  readonly to: number;
}

/** Splits an utterance into its clauses, at signs and at words that join requests; one clause gives none. */
export function splitClauses(reading: Reading): readonly Clause[] {
  const { length } = reading.tokens;
  if (length < SHORTEST_DOUBLE) return [];
  const starts = [0];
  for (let i = SHORTEST; i < length; i++) {
    if (i - (starts.at(-1) as number) < SHORTEST) continue;
    if (/[.?!;,:\n]/.test(gapBefore(reading, i)) || phraseAt(reading, i, JOINS) > 0) starts.push(i);
  }
  // What is too short at the end belongs to the clause before.
  if (starts.length > 1 && length - (starts.at(-1) as number) < SHORTEST) starts.pop();
  return starts.length > 1 ? starts.map((from, i) => ({ from, to: starts[i + 1] ?? length })) : [];
}
