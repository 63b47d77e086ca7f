import { remember, rememberLast } from '../nlu/remember.ts';

/** Lower case, no marks, single spaces, no punctuation, "không" spelled out: how labels and key words are compared with what is typed. */
export const foldWords: (text: string) => string = remember(rememberLast((text) => spelledOut(foldLetters(text))));

/** Short ways of writing that mean one word wherever they stand. ("Hong", "k" and "kh" mean others, too.) */
const SHORT_WAYS: Readonly<Record<string, string>> = { ko: 'khong', hk: 'khong', hok: 'khong', khg: 'khong', j: 'gi' };
const SHORT = new RegExp(`(?<![^ ])(?:${Object.keys(SHORT_WAYS).join('|')})(?![^ ])`, 'g');

/** "Hk có j" is "không có gì": an author need not list every way of writing it. */
function spelledOut(folded: string): string {
  return folded.replace(SHORT, (word) => SHORT_WAYS[word] as string);
}

function foldLetters(text: string): string {
  let folded = '';
  for (let at = 0; at < text.length; at += 1) {
    const part = FOLDED[text.charCodeAt(at)];
    if (part === undefined) {
      return foldAnyScript(text);
    }
    // Whatever stands between two words is one space, and none at the beginning.
    folded += part === ' ' && (folded === '' || folded.endsWith(' ')) ? '' : part;
  }
  return folded.trimEnd();
}

function foldAnyScript(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What each character of Latin script folds to, by its code, with the marks that stand alone. */
const FOLDED: readonly (string | undefined)[] = Array.from({ length: 0x1f00 }, (_, code) => {
  const isLatin = code < 0x0250 || (code >= 0x0300 && code < 0x0370) || code >= 0x1e00;
  return isLatin ? foldAnyScript(`a${String.fromCharCode(code)}a`).slice(1, -1) : undefined;
});

/** Key words as an author writes them, folded; "…" stands for any words between, "^" for the beginning of what is said. */
export function foldPattern(words: string): string {
  const folded = words
    .split(/…|\.{3}/)
    .map(foldWords)
    .join(' … ');
  return words.trim().startsWith(AT_FIRST) ? `${AT_FIRST}${folded}` : folded;
}

const AT_FIRST = '^';
/** Calls that go before what is said: "alo", "trời ơi", "em ơi". */
const CALLS =
  /^(?:(?:a lo|alo|da|a|ui|ui da|cuu(?: voi| em| toi| tui| minh)?|troi(?: dat)? oi|(?:em|anh|chi|ad|shop|ban|co|chu) oi|chet(?: roi)?) )+/;

/** Whether folded key words occur in a folded text as whole words, in this order. */
export function hasWords(foldedText: string, pattern: string): boolean {
  if (pattern.startsWith(AT_FIRST)) {
    const said = foldedText.replace(CALLS, '');
    return ` ${said} `.startsWith(` ${pattern.slice(AT_FIRST.length)} `);
  }
  if (!pattern.includes(' … ')) {
    return endOfWords(foldedText, pattern, 0) >= 0;
  }
  let from = 0;
  for (const part of pattern.split(' … ')) {
    from = endOfWords(foldedText, part, from);
    if (from < 0) {
      return false;
    }
  }
  return true;
}

/** Where these whole words end in the text, the first ones from there on; -1 when they are not there. */
function endOfWords(text: string, words: string, from: number): number {
  if (words === '') {
    return -1;
  }
  for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1)) {
    const end = at + words.length;
    if ((at === 0 || text[at - 1] === ' ') && (end === text.length || text[end] === ' ')) {
      return end;
    }
  }
  return -1;
}
