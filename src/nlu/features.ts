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
  /** The runs of letters of the folded words (`letterRuns`). */
  readonly letters: readonly number[];
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

/** Called once per feature occurrence with its hash and its value. */
export type TakeFeature = (hash: number, value: number) => void;

/** Walks over all features of an utterance; each view has length 1 before its weight. */
export function walkFeatures(words: WordSequences, take: TakeFeature): void {
  walkGrams(words.folded, VIEWS.words, take);
  walkGrams(words.accented, VIEWS.accented, take);
  walkGrams(words.folded, VIEWS.folded, take);
  walkGrams(words.classes, VIEWS.classes, take);
  walkPairs(words.masked, MASKED_PAIRS, take);
  walkPairs(words.classes, CLASS_PAIRS, take);
  walkRuns(words.letters, take);
}

/** N-grams with the edges of the utterance as words of their own (but not alone). */
function walkGrams(words: readonly number[], view: View, take: TakeFeature): void {
  const n = words.length;
  if (n === 0) return;
  const padded = n + 2;
  let count = n;
  for (let size = 2; size <= view.longest; size++) count += Math.max(0, padded - size + 1);
  const value = view.weight / Math.sqrt(count);
  for (let from = 0; from < padded; from++) {
    let hash = joinHash(view.salt, from === 0 || from > n ? EDGE : (words[from - 1] as number));
    if (from > 0 && from <= n) take(hash, value);
    for (let size = 2; size <= view.longest && from + size <= padded; size++) {
      const at = from + size - 1;
      hash = joinHash(hash, at > n ? EDGE : (words[at - 1] as number));
      take(hash, value);
    }
  }
}

/** Ordered pairs of words that stand at most `reach` words apart. */
function walkPairs(
  words: readonly number[],
  view: { readonly weight: number; readonly salt: number; readonly reach: number },
  take: TakeFeature,
): void {
  const n = words.length;
  if (n < 2) return;
  const reach = Math.min(view.reach, n - 1);
  const count = reach * n - (reach * (reach + 1)) / 2;
  const value = view.weight / Math.sqrt(count);
  for (let i = 0; i < n; i++) {
    const first = joinHash(view.salt, words[i] as number);
    for (let j = i + 1; j < n && j <= i + reach; j++) take(joinHash(first, words[j] as number), value);
  }
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

function walkRuns(runs: readonly number[], take: TakeFeature): void {
  const value = LETTERS.weight / Math.sqrt(runs.length);
  for (const run of runs) take(run, value);
}
