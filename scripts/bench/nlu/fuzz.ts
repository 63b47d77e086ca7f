import { createRandom } from '../../../src/nlu/hash.ts';
import type { Understand } from '../../../src/nlu/understanding.ts';

/** What random text did to the understanding. */
interface FuzzResult {
  readonly strings: number;
  readonly kilobytes: number;
  readonly thrown: number;
  readonly emergencies: number;
  readonly microsecondsPerKilobyte: number;
}

const LONGEST = 200;
const SEED = 26;
const ODD = [
  '\u0000',
  '\u202e',
  '\ud83d',
  '\udd25',
  '😀',
  'ậ',
  'a\u0323\u0302',
  '9',
  ' ',
  'P',
  'B',
  '\u200b',
  '،',
  'ש',
];
const FLOODS = ['a', 'điện ', '0123456789', 'a,', '\u0301', '🔥', '\u202e'].map((part) =>
  part.repeat(Math.ceil(100_000 / part.length)),
);

/** Sends random strings of broken, foreign and endless text; none may throw or be taken for an emergency. */
export function fuzz(understand: Understand, strings: number): FuzzResult {
  const random = createRandom(SEED);
  let [thrown, emergencies, units] = [0, 0, 0];
  const start = performance.now();
  for (let i = 0; i < strings; i++) {
    const text = i < FLOODS.length ? (FLOODS[i] as string) : randomText(random, i % 3);
    units += text.length;
    try {
      if (understand(text, { now: 0 }).emergency) emergencies++;
    } catch {
      thrown++;
    }
  }
  const kilobytes = Math.round(units / 1024);
  const microsecondsPerKilobyte = ((performance.now() - start) * 1000) / Math.max(1, kilobytes);
  return { strings, kilobytes, thrown, emergencies, microsecondsPerKilobyte };
}

function randomText(random: () => number, kind: number): string {
  const length = Math.floor(random() * LONGEST);
  let text = '';
  for (let i = 0; i < length; i++) text += randomUnit(random, kind);
  return text;
}

/** Code units of any value, printable ASCII, or signs that are known to be troublesome. */
function randomUnit(random: () => number, kind: number): string {
  if (kind === 0) return String.fromCharCode(Math.floor(random() * 65536));
  if (kind === 1) return String.fromCharCode(32 + Math.floor(random() * 95));
  return ODD[Math.floor(random() * ODD.length)] as string;
}
