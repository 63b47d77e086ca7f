import { fold, normalize } from '../../src/nlu/normalize.ts';

/** A way of writing, told by its look. */
export interface Style {
  readonly name: string;
  is(utterance: string): boolean;
}

const has = (pattern: RegExp) => (utterance: string) => pattern.test(` ${normalize(utterance)} `);

/** The ways of writing that every intent should know. */
export const STYLES: readonly Style[] = [
  {
    name: 'without marks',
    is: (utterance) => /[a-z]{2}/.test(normalize(utterance)) && normalize(utterance) === fold(utterance),
  },
  {
    name: 'chat spellings',
    is: has(/ (k|ko|hk|hok|hong|dc|đc|j|z|v|r|bn|vs|ad|mk|mik|ntn|e|a|c|hđ|đ|tr|nha|s|t\d+) /),
  },
  { name: 'Southern', is: has(/ (tui|giùm|dùm|hông|hổng|xài|coi|nhiêu|cúp|dợ|dzậy|zậy|má|vô|trụ|nè|nghen|bữa) /) },
  { name: 'Central', is: has(/ (mô|tê|răng|rứa|chi|ni|nớ|chừ|hỉ|mệ|eng|o|nỏ) /) },
  { name: 'Northern', is: has(/ (nhỉ|bác|cháu|ạ|thế|công tơ|nhé|hộ|bao giờ|xem) /) },
  { name: 'polite', is: has(/ (dạ|ạ|xin|làm ơn|vui lòng|kính) /) },
  {
    name: 'furious',
    is: (utterance) =>
      /[A-ZĐÀ-Ỹ]{4,}|!{2,}|\?{2,}/u.test(utterance) ||
      has(/ (bực|tức|vô trách nhiệm|quá đáng|làm ăn|mất dạy|chán) /)(utterance),
  },
  { name: 'one to three words', is: (utterance) => utterance.split(/\s+/).length <= 3 },
  { name: 'story of several sentences', is: (utterance) => (utterance.match(/[.!?](\s|$)/g) ?? []).length >= 2 },
];
