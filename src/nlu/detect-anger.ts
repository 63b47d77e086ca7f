import { FURIOUS, IMPATIENT, ONLY_WITH_MARKS } from './anger-words.ts';
import { compilePhrases, findPhrases } from './find-phrases.ts';
import { fold, prepare } from './normalize.ts';
import { tokenize } from './tokenize.ts';

/** Two impatient words, or one and a raised voice. */
const ENOUGH = 2;
/** Fewer letters in capitals may be a name or a code. */
const FEWEST_CAPITALS = 12;
const MOST_CAPITALS = 0.7;

/** A single word is too much else without marks: "mày" is also "máy" and "mấy". */
const isSureUnmarked = (phrase: string): boolean =>
  !ONLY_WITH_MARKS.includes(phrase) && (phrase.includes(' ') || fold(phrase) === phrase);

const MARKED = compilePhrases({ furious: FURIOUS, impatient: IMPATIENT });
const UNMARKED = compilePhrases({
  furious: FURIOUS.filter(isSureUnmarked),
  impatient: IMPATIENT.filter(isSureUnmarked),
});
const oftenUnmarked = new Set(
  [...FURIOUS, ...IMPATIENT]
    .filter((phrase) => !isSureUnmarked(phrase))
    .flatMap((phrase) => phrase.split(' ').map(fold)),
);

/** Whether somebody writes in anger: in words that nobody says calmly, or in several impatient ones, or shouted ones. */
export function detectAnger(utterance: string): boolean {
  const text = prepare(utterance);
  const { hasMarks } = text;
  const found = findPhrases(tokenize(text), hasMarks ? MARKED : UNMARKED, { hasMarks, oftenUnmarked });
  return found.has('furious') || (found.get('impatient')?.length ?? 0) + loudness(utterance) >= ENOUGH;
}

/** 0 to 2: several signs in a row, and capitals. */
function loudness(utterance: string): number {
  const signs = Number(/[!?]{2,}/.test(utterance));
  if (utterance === utterance.toLowerCase()) {
    return signs;
  }
  const letters = utterance.replace(/[^\p{L}]/gu, '');
  const capitals = letters.replace(/\P{Lu}/gu, '').length;
  const isInCapitals = capitals >= FEWEST_CAPITALS && capitals >= letters.length * MOST_CAPITALS;
  return signs + Number(isInCapitals);
}
