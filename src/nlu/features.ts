import { hashWord, joinHash } from './hash.ts';

/** An utterance as the learner sees it: three aligned sequences of word hashes. */
export interface WordSequences {
  /** As written, with marks. */
  readonly accented: readonly number[];
  /** Without marks. */
  readonly folded: readonly number[];
  /** Folded, with every entity as one symbol: shorter than the others where an entity has several words. */
  readonly masked: readonly number[];
}

const VIEWS = {
  accented: { weight: 0.5, salt: hashWord('A'), longest: 3 },
  folded: { weight: 1, salt: hashWord('F'), longest: 3 },
  masked: { weight: 0.7, salt: hashWord('M'), longest: 4 },
} as const;
const PAIRS = { weight: 1, salt: hashWord('G'), reach: 10 } as const;
const EDGE = hashWord('<edge>');

/** Called once per feature occurrence with its hash and its value. */
export type TakeFeature = (hash: number, value: number) => void;

/** Walks over all features of an utterance; each view has length 1 before its weight. */
export function walkFeatures(words: WordSequences, take: TakeFeature): void {
  walkGrams(words.accented, VIEWS.accented, take);
  walkGrams(words.folded, VIEWS.folded, take);
  walkGrams(words.masked, VIEWS.masked, take);
  walkPairs(words.masked, take);
}

interface View {
  readonly weight: number;
  readonly salt: number;
  readonly longest: number;
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
function walkPairs(words: readonly number[], take: TakeFeature): void {
  const n = words.length;
  if (n < 2) return;
  const reach = Math.min(PAIRS.reach, n - 1);
  const count = reach * n - (reach * (reach + 1)) / 2;
  const value = PAIRS.weight / Math.sqrt(count);
  for (let i = 0; i < n; i++) {
    const first = joinHash(PAIRS.salt, words[i] as number);
    for (let j = i + 1; j < n && j <= i + reach; j++) take(joinHash(first, words[j] as number), value);
  }
}

/** How many features `walkFeatures` gives for an utterance. */
export function countFeatures(words: WordSequences): number {
  let count = 0;
  walkFeatures(words, () => count++);
  return count;
}
