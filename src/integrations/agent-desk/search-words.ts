import { foldWords } from '../../dialogs/fold-words.ts';

/** A phone number as people write it: with a country code, with spaces, dots or dashes. */
const PHONE = /(?<![\p{L}\d])(?:\+?84|0)((?:[\s.-]?\d){8,10})(?!\d)/gu;
const MOST_WORDS = 8;

/** Text as the search compares it: without marks, in lower case, phone numbers in one piece. */
export function foldForSearch(text: string): string {
  return foldWords(text.replace(PHONE, (_, digits: string) => `0${digits.replace(/\D/g, '')}`));
}

/** The words that a typed search asks for; none when nothing can be searched. */
export function searchWords(typed: string): readonly string[] {
  return foldForSearch(typed)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

/** Whether a word of a search may be the beginning of a longer one: the one being typed, and the start of a code. */
export function mayGoOn(words: readonly string[], index: number): boolean {
  const word = words[index] ?? '';
  return word.length > 1 && (index === words.length - 1 || /\d/.test(word));
}
