import { letterRuns } from './features.ts';
import { hashWord } from './hash.ts';
import type { ClassPhrase, WordClasses } from './word-classes.ts';

/** A word on its way through repair; numbers and entities pass unchanged and only lend their neighbours context. */
export interface RawWord {
  readonly lower: string;
  readonly folded: string;
  readonly kind: 'word' | 'number' | 'entity';
}

/** A word as it was read, with the hashes the learner's views hold in its place. */
export interface ReadWord extends RawWord {
  /** As written, with its marks. */
  readonly hash: number;
  readonly foldedHash: number;
  /** Its runs of letters; none where it is no word. */
  readonly letters: readonly number[];
  /** The class phrases that may begin with it. */
  readonly phrases: readonly ClassPhrase[] | undefined;
}

/** Of longer numbers only the length is learned. */
const LONGEST_LITERAL = 3;

/** Computes what the views need of a word. */
export function readAs(word: RawWord, classes: WordClasses): ReadWord {
  const { lower, folded, kind } = word;
  const isLong = folded.length > LONGEST_LITERAL && /^\d/.test(folded);
  const foldedHash = hashWord(isLong ? `#${folded.length}` : folded);
  return {
    lower,
    folded,
    kind,
    hash: isLong || lower === folded ? foldedHash : hashWord(lower),
    foldedHash,
    letters: kind === 'word' ? letterRuns(folded) : [],
    phrases: kind === 'word' ? classes.get(folded) : undefined,
  };
}
