import { FURIOUS, IMPATIENT, ONLY_WITH_MARKS } from './anger-words.ts';
import { compilePhrases, findPhrases, type Phrases } from './find-phrases.ts';
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

const readable = (list: readonly string[]) => ({
  marked: compilePhrases(list),
  unmarked: compilePhrases(list.filter(isSureUnmarked)),
});
const furious = readable(FURIOUS);
const impatient = readable(IMPATIENT);
const oftenUnmarked = new Set(
  [...FURIOUS, ...IMPATIENT]
    .filter((phrase) => !isSureUnmarked(phrase))
    .flatMap((phrase) => phrase.split(' ').map(fold)),
);

/** Whether somebody writes in anger: in words that nobody says calmly, or in several impatient ones, or shouted ones. */
export function detectAnger(utterance: string): boolean {
  const text = prepare(utterance);
  const tokens = tokenize(text);
  const count = ({ marked, unmarked }: { marked: Phrases; unmarked: Phrases }): number =>
    findPhrases(tokens, text.hasMarks ? marked : unmarked, { hasMarks: text.hasMarks, oftenUnmarked }).length;
  return count(furious) > 0 || count(impatient) + loudness(utterance) >= ENOUGH;
}

/** 0 to 2: several signs in a row, and capitals. */
function loudness(utterance: string): number {
  const letters = utterance.replace(/[^\p{L}]/gu, '');
  const capitals = letters.replace(/\P{Lu}/gu, '').length;
  const isInCapitals = capitals >= FEWEST_CAPITALS && capitals >= letters.length * MOST_CAPITALS;
  return Number(/[!?]{2,}/.test(utterance)) + Number(isInCapitals);
}
