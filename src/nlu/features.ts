import { hashWord, joinHash } from './hash.ts';

/** An utterance as the learner sees it, in word hashes. */
export interface WordSequences {
  /** As written, with marks. */
  readonly accented: readonly number[];
  /** Without marks. */
  readonly folded: readonly number[];
  /** Folded, with every entity as one symbol. */
  readonly masked: readonly number[];
  /** Masked, with words of one meaning as one symbol and empty words left out. */
  readonly classes: readonly number[];
  /** The runs of letters (`letterRuns`) of each folded word. */
  readonly letters: readonly (readonly number[])[];
}

interface View {
  readonly weight: number;
  readonly salt: number;
  readonly longest: number;
}

const VIEWS = {
  words: { weight: 0.5, salt: hashWord('U'), longest: 1 },
  accented: { weight: 0.5, salt: hashWord('A'), longest: 2 },
  folded: { weight: 1, salt: hashWord('F'), longest: 2 },
  classes: { weight: 0.7, salt: hashWord('K'), longest: 4 },
} as const;
const MASKED_PAIRS = { weight: 0.6, salt: hashWord('G'), reach: 10 } as const;
const CLASS_PAIRS = { weight: 0.6, salt: hashWord('H'), reach: 10 } as const;
const LETTERS = { weight: 0.7, salt: hashWord('C'), length: 3 } as const;
const EDGE = hashWord('<edge>');

/** The features of an utterance, view by view; room that is used again for the next one. */
export interface FeatureList {
  hashes: Int32Array;
  /** By view, where its features end in `hashes`. */
  readonly ends: Int32Array;
  /** By view, what each of its features counts: a view has length 1 before its weight. */
  readonly values: Float64Array;
}

export const FEATURE_VIEWS = 7;
const ROOM_FIRST = 2048;

export function createFeatureList(): FeatureList {
  return {
    hashes: new Int32Array(ROOM_FIRST),
    ends: new Int32Array(FEATURE_VIEWS),
    values: new Float64Array(FEATURE_VIEWS),
  };
}

/** Lists all features of an utterance. */
export function listFeatures({ accented, folded, masked, classes, letters }: WordSequences, list: FeatureList): void {
  let runs = 0;
  for (const word of letters) runs += word.length;
  makeRoom(list, 3 * folded.length + 2 * accented.length + 14 * classes.length + 10 * masked.length + runs + 8);
  let end = 0;
  end = listGrams(list, 0, folded, VIEWS.words, end);
  end = listGrams(list, 1, accented, VIEWS.accented, end);
  end = listGrams(list, 2, folded, VIEWS.folded, end);
  end = listGrams(list, 3, classes, VIEWS.classes, end);
  end = listPairs(list, 4, masked, MASKED_PAIRS, end);
  end = listPairs(list, 5, classes, CLASS_PAIRS, end);
  listLetters(list, 6, letters, end);
}

function makeRoom(list: FeatureList, count: number): void {
  if (count > list.hashes.length) list.hashes = new Int32Array(2 * count);
}

function close(list: FeatureList, view: number, weight: number, start: number, end: number): number {
  list.ends[view] = end;
  list.values[view] = end > start ? weight / Math.sqrt(end - start) : 0;
  return end;
}

/** N-grams with the edges of the utterance as words of their own (but not alone). */
function listGrams(list: FeatureList, place: number, words: readonly number[], view: View, start: number): number {
  const { hashes } = list;
  const { salt, longest } = view;
  const n = words.length;
  const padded = n === 0 ? 0 : n + 2;
  let at = start;
  for (let from = 0; from < padded; from++) {
    let hash = joinHash(salt, from === 0 || from > n ? EDGE : (words[from - 1] as number));
    if (from > 0 && from <= n) hashes[at++] = hash;
    for (let next = from + 1; next < padded && next < from + longest; next++) {
      hash = joinHash(hash, next > n ? EDGE : (words[next - 1] as number));
      hashes[at++] = hash;
    }
  }
  return close(list, place, view.weight, start, at);
}

/** Ordered pairs of words that stand at most `reach` words apart. */
function listPairs(
  list: FeatureList,
  place: number,
  words: readonly number[],
  view: { readonly weight: number; readonly salt: number; readonly reach: number },
  start: number,
): number {
  const { hashes } = list;
  const { salt, reach } = view;
  const n = words.length;
  let at = start;
  for (let i = 0; i < n; i++) {
    const first = joinHash(salt, words[i] as number);
    const last = Math.min(n - 1, i + reach);
    for (let j = i + 1; j <= last; j++) hashes[at++] = joinHash(first, words[j] as number);
  }
  return close(list, place, view.weight, start, at);
}

function listLetters(list: FeatureList, place: number, letters: WordSequences['letters'], start: number): void {
  const { hashes } = list;
  let at = start;
  for (const word of letters) for (let i = 0; i < word.length; i++) hashes[at++] = word[i] as number;
  close(list, place, LETTERS.weight, start, at);
}

const WORD_START = 94;
const WORD_END = 36;

/** The hashes of all runs of three letters in a word, its edges counted as letters. */
export function letterRuns(folded: string): number[] {
  const padded = folded.length + 2;
  const runs: number[] = [];
  for (let from = 0; from + LETTERS.length <= padded; from++) {
    let hash: number = LETTERS.salt;
    for (let at = from; at < from + LETTERS.length; at++)
      hash = joinHash(hash, at === 0 ? WORD_START : at === padded - 1 ? WORD_END : folded.charCodeAt(at - 1));
    runs.push(hash);
  }
  return runs;
}
