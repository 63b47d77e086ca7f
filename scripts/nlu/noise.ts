import { createRandom } from '../../src/nlu/hash.ts';
import { makeSlips } from '../../src/nlu/make-slips.ts';
import type { WordLists } from '../../src/nlu/nlu-model.ts';
import { fold, normalize } from '../../src/nlu/normalize.ts';
import { toTelex, toVni } from './type-keys.ts';

/** A way in which messages are spoiled, to measure what still is understood. */
export interface NoiseSuite {
  readonly name: string;
  /** The same utterances and seed give the same noise. */
  spoil(utterance: string): string;
}

type Random = () => number;

const SLIP_SHARE = 0.1;
const CHAT_SLIP_SHARE = 0.05;
const SPELLING_SHARE = 0.5;
const TELEX_SHARE = 0.3;
const JOINED_SHARE = 0.15;
const HELD_SHARE = 0.2;
const HELD_LETTERS = 4;
const INVISIBLE_EVERY = 7;

/** The suites in which understanding is measured; each draws from its own generator. */
export function noiseSuites({ spellings }: Pick<WordLists, 'spellings'>, seed: number): readonly NoiseSuite[] {
  const chat = reverseSpellings(spellings);
  const draw = (name: string, spoil: (text: string, random: Random) => string): NoiseSuite => {
    const random = createRandom(seed);
    return { name, spoil: (utterance) => spoil(utterance, random) };
  };
  return [
    draw('without marks', (text) => fold(text)),
    draw('a slip in ten letters', (text, random) => makeSlips(text, SLIP_SHARE, random)),
    draw('chat spellings, one word in two', (text, random) => inChat(text, chat, random)),
    draw('chat, no marks, slips', (text, random) =>
      makeSlips(fold(inChat(text, chat, random)), CHAT_SLIP_SHARE, random),
    ),
    draw('raw Telex', (text) => eachWord(text, toTelex)),
    draw('raw VNI', (text) => eachWord(text, toVni)),
    draw('raw Telex, three words in ten', (text, random) =>
      eachWord(text, (word) => (random() < TELEX_SHARE ? toTelex(word) : word)),
    ),
    draw('spaces missing', (text, random) => text.replace(/ /g, () => (random() < JOINED_SHARE ? '' : ' '))),
    draw('letters held down', (text, random) =>
      eachWord(text, (word) => (random() < HELD_SHARE ? word + word.slice(-1).repeat(HELD_LETTERS) : word)),
    ),
    draw('capitals', (text) => text.toUpperCase()),
    draw('decomposed letters', (text) => text.normalize('NFD')),
    draw('invisible characters', (text) => text.replace(new RegExp(`.{${INVISIBLE_EVERY}}`, 'gu'), '$&\u200b')),
  ];
}

function eachWord(text: string, change: (word: string) => string): string {
  return text.replace(/\p{L}+/gu, change);
}

type ChatForms = ReadonlyMap<string, readonly string[]>;

/** The chat spellings of each word or pair of words. */
function reverseSpellings(spellings: WordLists['spellings']): ChatForms {
  const forms = new Map<string, string[]>();
  for (const [spelling, { readings }] of spellings) {
    if (!/[\p{L}\d]/u.test(spelling)) continue;
    for (const reading of readings) {
      const words = reading.map(({ lower }) => lower).join(' ');
      if (words !== spelling) forms.set(words, [...(forms.get(words) ?? []), spelling]);
    }
  }
  return forms;
}

const LONGEST_READING = 3;

function inChat(text: string, forms: ChatForms, random: Random): string {
  const words = normalize(text).split(' ');
  const spoiled: string[] = [];
  for (let i = 0; i < words.length; ) {
    let taken = 1;
    let word = words[i] as string;
    for (let size = LONGEST_READING; size >= 1; size--) {
      const known = forms.get(words.slice(i, i + size).join(' '));
      if (known === undefined || i + size > words.length) continue;
      if (random() < SPELLING_SHARE) {
        word = known[Math.floor(random() * known.length)] as string;
        taken = size;
      }
      break;
    }
    spoiled.push(word);
    i += taken;
  }
  return spoiled.join(' ');
}
