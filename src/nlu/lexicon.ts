import { createSlipIndex, type SlipIndex } from './slip-index.ts';

/** What is known of words and their neighbours from the training utterances. */
export interface Lexicon {
  /** Folded words by number; the first three stand for the edge of an utterance, a number and an entity. */
  readonly words: readonly string[];
  /** How often each word was seen. */
  readonly counts: Int32Array;
  /** Pairs of neighbours, `first * 65536 + second`, in rising order, and how often each was seen. */
  readonly pairs: Float64Array;
  readonly pairCounts: Int32Array;
}

export const EDGE_WORD = 0;
export const NUMBER_WORD = 1;
export const ENTITY_WORD = 2;
const SPECIAL = ['<edge>', '<number>', '<entity>'];
const PAIR_BASE = 65536;

/** Counts words and neighbours over sentences of folded words (or `<number>`, `<entity>`). */
export function buildLexicon(sentences: readonly (readonly string[])[]): Lexicon {
  const ids = new Map<string, number>(SPECIAL.map((word, i) => [word, i]));
  const words = [...SPECIAL];
  const counts = new Map<number, number>();
  const pairs = new Map<number, number>();
  const idOf = (word: string): number => {
    let id = ids.get(word);
    if (id === undefined) {
      id = words.length;
      ids.set(word, id);
      words.push(word);
    }
    return id;
  };
  for (const sentence of sentences) {
    let before = EDGE_WORD;
    for (const word of [...sentence, '<edge>']) {
      const id = idOf(word);
      counts.set(id, (counts.get(id) ?? 0) + 1);
      const pair = before * PAIR_BASE + id;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
      before = id;
    }
  }
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  return {
    words,
    counts: Int32Array.from(words, (_, id) => counts.get(id) ?? 0),
    pairs: Float64Array.from(sorted, ([pair]) => pair),
    pairCounts: Int32Array.from(sorted, ([, count]) => count),
  };
}

/** A lexicon ready for use. */
export interface WordModel {
  /** The word's number, or undefined when it was never seen. */
  idOf(folded: string): number | undefined;
  wordOf(id: number): string;
  countOf(id: number): number;
  /** How surprising `next` is after `before`, in nats; `undefined` stands for an unknown word. */
  surprise(before: number | undefined, next: number | undefined): number;
  /** Known words that become the same when up to so many letters (1 or 2) are left out on either side. */
  near(folded: string, deletions: number): readonly number[];
}

const UNKNOWN_SURPRISE = 13;
const PAIR_SHARE = 0.7;
/** A word seen but a few times may itself be a slip, so nothing is corrected to it. */
const FEWEST_FOR_TARGET = 4;

/** Makes the lookups of a lexicon; the index for slips is made when the first slip needs it. */
export function createWordModel(lexicon: Lexicon): WordModel {
  const ids = new Map(lexicon.words.map((word, id) => [word, id]));
  const total = lexicon.counts.reduce((sum, count) => sum + count, 0) + 1;
  const pairsFrom = firstPairs(lexicon);
  let slips: SlipIndex | undefined;
  return {
    idOf: (folded) => ids.get(folded),
    wordOf: (id) => lexicon.words[id] as string,
    countOf: (id) => lexicon.counts[id] as number,
    surprise(before, next) {
      if (next === undefined) return UNKNOWN_SURPRISE;
      const alone = (lexicon.counts[next] as number) / total;
      const seen = before === undefined ? 0 : (lexicon.counts[before] as number);
      const together = seen > 0 ? pairCount(lexicon, pairsFrom, before as number, next) / seen : 0;
      return -Math.log(PAIR_SHARE * together + (1 - PAIR_SHARE) * alone + 1e-7);
    },
    near(folded, deletions) {
      slips ??= indexSlips(lexicon);
      return slips.near(folded, deletions);
    },
  };
}

/** By first word, where its pairs begin; one further entry marks the end. */
function firstPairs({ words, pairs }: Lexicon): Int32Array {
  const from = new Int32Array(words.length + 1);
  let word = 0;
  for (let p = 0; p < pairs.length; p++) {
    const first = Math.floor((pairs[p] as number) / PAIR_BASE);
    while (word <= first) from[word++] = p;
  }
  return from.fill(pairs.length, word);
}

/** How often a pair was seen, by halving the sorted pairs of its first word: a table of them would take longer to make. */
function pairCount({ pairs, pairCounts }: Lexicon, pairsFrom: Int32Array, first: number, next: number): number {
  const pair = first * PAIR_BASE + next;
  const end = pairsFrom[first + 1] as number;
  let from = pairsFrom[first] as number;
  let to = end;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((pairs[middle] as number) < pair) from = middle + 1;
    else to = middle;
  }
  return from < end && pairs[from] === pair ? (pairCounts[from] as number) : 0;
}

/** The words that nothing is corrected to are left out. */
function indexSlips({ words, counts }: Lexicon): SlipIndex {
  return createSlipIndex(
    Array.from(words.keys()).filter(
      (id) => id >= SPECIAL.length && (counts[id] as number) >= FEWEST_FOR_TARGET && (words[id] as string).length > 1,
    ),
    words,
  );
}
