import { gapBefore, type Reading } from './entities/extractor.ts';
import type { WordModel } from './lexicon.ts';
import { bareWord } from './normalize.ts';

/** A word seen but once may be a slip that somebody made. */
const FEWEST_TIMES = 2;
const FEWEST_WORDS = 2;
const LEAST_SHARE = 0.5;
const SYMBOL_OR_NUMBER = /^[<\d]/;
/** What people leave between words; runs of words and figures ("8h30") have nothing between them. */
const PLAIN_GAP = /^[\s.,!?;:()"'/-]*$/;

/**
 * Whether a text is one in words that were seen before (`repaired`): different ones, half of all that is written, and
 * set apart as people do. In noise some run of letters always looks like something, the more so once it is repaired.
 */
export function isLegible(reading: Reading, repaired: readonly string[], model: WordModel): boolean {
  return areKnown(repaired, model) && areSetApart(reading);
}

function areKnown(repaired: readonly string[], model: WordModel): boolean {
  const known = new Set<string>();
  let words = 0;
  let knownWords = 0;
  for (const word of repaired) {
    if (SYMBOL_OR_NUMBER.test(word)) continue;
    words++;
    const bare = bareWord(word);
    const id = model.idOf(bare);
    if (bare.length < 2 || id === undefined || model.countOf(id) < FEWEST_TIMES) continue;
    known.add(bare);
    knownWords++;
  }
  return known.size >= FEWEST_WORDS && knownWords >= LEAST_SHARE * words;
}

function areSetApart(reading: Reading): boolean {
  const gaps = reading.tokens.length - 1;
  let plain = 0;
  for (let i = 1; i <= gaps; i++) if (PLAIN_GAP.test(gapBefore(reading, i))) plain++;
  return plain >= LEAST_SHARE * gaps;
}
