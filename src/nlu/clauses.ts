import { gapBefore, type Phrases, phraseAt, phrases, type Reading, startsOf } from './entities/extractor.ts';
import { wordSet } from './word-facts.ts';

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
const JOIN_STARTS = wordSet(startsOf(JOINS));
const SIGNS = /[.?!;,:\n]/;
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
    const isJoin = ((reading.tokens[i]?.signs ?? 0) & JOIN_STARTS) !== 0 && phraseAt(reading, i, JOINS) > 0;
    if (isJoin || isParted(reading, i)) starts.push(i);
  }
  // What is too short at the end belongs to the clause before.
  if (starts.length > 1 && length - (starts.at(-1) as number) < SHORTEST) starts.pop();
  return starts.length > 1 ? starts.map((from, i) => ({ from, to: starts[i + 1] ?? length })) : [];
}

/** Whether a sign that ends a clause stands before a token; most words have but a blank between them. */
function isParted(reading: Reading, at: number): boolean {
  const { text, tokens } = reading;
  const [from, to] = [tokens[at - 1]?.end ?? 0, tokens[at]?.start ?? 0];
  return to - from === 1 && text.folded.charCodeAt(from) === BLANK ? false : SIGNS.test(gapBefore(reading, at));
}

const BLANK = 32;
