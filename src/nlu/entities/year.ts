import { wordOver } from '../tokenize.ts';
import { gapBefore, phraseAt, phrases, type Reading, says } from './extractor.ts';
import { digitWordAt, readNumber } from './number-words.ts';

export const LAST_YEAR = phrases('năm ngoái', 'năm rồi', 'năm trước', 'năm qua', 'năm vừa rồi');
export const THIS_YEAR = phrases('năm nay', 'năm này', 'năm ni');

/** A year at a token, `now` being the running month: "năm ngoái", "năm 2025", "/25", "năm hai không hai lăm". */
export function yearAt(raw: Reading, at: number, now: number): { year: number; next: number } | undefined {
  const reading = withTypedKeys(raw, at + 1);
  const thisYear = Math.floor(now / 12);
  const last = phraseAt(reading, at, LAST_YEAR);
  if (last > 0) return { year: thisYear - 1, next: at + last };
  const current = phraseAt(reading, at, THIS_YEAR);
  if (current > 0) return { year: thisYear, next: at + current };
  const isNamed = says(reading, at, 'năm');
  const spoken = isNamed ? spokenYear(reading, at + 1) : undefined;
  if (spoken !== undefined) return spoken;
  const token = reading.tokens[isNamed ? at + 1 : at];
  if (!token?.isNumber || !(isNamed || /^ ?[/.-] ?$/.test(gapBefore(reading, at)))) return undefined;
  const next = isNamed ? at + 2 : at + 1;
  if (/^20[0-4]\d$/.test(token.folded)) return { year: Number(token.folded), next };
  return /^2\d$/.test(token.folded) ? { year: 2000 + Number(token.folded), next } : undefined;
}

/** "hai không hai lăm", "hai nghìn không trăm hai mươi lăm". */
function spokenYear(reading: Reading, at: number): { year: number; next: number } | undefined {
  if (digitWordAt(reading, at) !== 2) return undefined;
  if (digitWordAt(reading, at + 1) === 0) {
    const rest = readNumber(reading, at + 2);
    const isYear = rest !== undefined && rest.value >= 10 && rest.value < 50;
    if (isYear) return { year: 2000 + rest.value, next: rest.next };
    const [tens, unit] = [digitWordAt(reading, at + 2), digitWordAt(reading, at + 3)];
    return tens === undefined || unit === undefined ? undefined : { year: 2000 + 10 * tens + unit, next: at + 4 };
  }
  if (!says(reading, at + 1, 'nghìn', 'ngàn')) return undefined;
  const skip = digitWordAt(reading, at + 2) === 0 && says(reading, at + 3, 'trăm') ? 4 : 2;
  const rest = readNumber(reading, at + skip);
  return rest === undefined || rest.value >= 50 ? undefined : { year: 2000 + rest.value, next: rest.next };
}

/** The reading with one word as it was meant where the tone key went into the text: "nayf", "ngoasi". */
export function withTypedKeys(reading: Reading, at: number): Reading {
  const token = reading.tokens[at];
  if (token?.typed === undefined) return reading;
  return { ...reading, tokens: reading.tokens.with(at, wordOver(token.typed, token.start, token.end)) };
}
