import { createNumbering, UNKNOWN } from './numbering.ts';

/** Words by what is left of them without one or two letters. */
export interface SlipIndex {
  /** The numbers of words that become the same as `word` when up to so many letters (1 or 2) are left out on either side. */
  near(word: string, deletions: number): readonly number[];
}

/** From so many letters on a word may hold two slips. */
const LONG_WORD = 4;

/** Makes the index of some words, given by number. Only hashes of what is left are kept: two of them may be one. */
export function createSlipIndex(ids: readonly number[], words: readonly string[]): SlipIndex {
  const keys = createNumbering();
  const idsOf: number[][] = [];
  for (const id of ids) {
    const word = words[id] as string;
    eachShortened(word, word.length < LONG_WORD ? 1 : 2, (key) => {
      const number = keys.numberOf(key);
      const there = idsOf[number];
      if (there === undefined) idsOf[number] = [id];
      else if (there.at(-1) !== id) there.push(id);
    });
  }
  return {
    near(word, deletions) {
      const found = new Set<number>();
      eachShortened(word, deletions, (key) => {
        const number = keys.find(key);
        if (number !== UNKNOWN) for (const id of idsOf[number] as number[]) found.add(id);
      });
      return [...found];
    },
  };
}

const BASE = 0x01000193;
const SHORTEST = 3;

/** Calls `take` with the hash of the word, and of what is left of it without a letter or, with `deletions` 2, without two. */
function eachShortened(word: string, deletions: number, take: (hash: number) => void): void {
  const n = word.length;
  /** The hash of what follows each letter, and what a hash before it is multiplied by. */
  const tails = new Int32Array(n + 1);
  const powers = new Int32Array(n + 1);
  powers[n] = 1;
  for (let i = n - 1; i >= 0; i--) {
    powers[i] = Math.imul(powers[i + 1] as number, BASE);
    tails[i] = Math.imul(word.charCodeAt(i), powers[i + 1] as number) + (tails[i + 1] as number);
  }
  const joined = (head: number, from: number): number =>
    (Math.imul(head, powers[from] as number) + (tails[from] as number)) | 0;
  take(joined(0, 0));
  if (n < SHORTEST) return;
  let head = 0;
  for (let i = 0; i < n; i++) {
    take(joined(head, i + 1));
    if (deletions > 1 && n > SHORTEST) {
      let longer = head;
      for (let j = i + 1; j < n; j++) {
        take(joined(longer, j + 1));
        longer = follow(longer, word.charCodeAt(j));
      }
    }
    head = follow(head, word.charCodeAt(i));
  }
}

const follow = (head: number, code: number): number => (Math.imul(head, BASE) + code) | 0;
