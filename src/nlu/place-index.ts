import { hashPart, hashWord, joinHash } from './hash.ts';
import { bareText } from './normalize.ts';
import { createNumbering, UNKNOWN } from './numbering.ts';
import { type Mention, readPlaceList } from './place-list.ts';
import { aliasForm, canonical, type NameForm, nameKey, unitForm, type Written } from './place-names.ts';
import { addTo, createSieve, type Sieve } from './sieve.ts';

export type PlaceLevel = 'commune' | 'district' | 'province';

/** One administrative unit, of before or after the mergers. */
export interface Place {
  readonly name: string;
  readonly level: PlaceLevel;
  /** Name of the district, for a commune of before the mergers. */
  readonly district?: string;
  /** Name of the province, for all but provinces. */
  readonly province?: string;
  /** The name in lower case with marks; other ways of writing it have their own entry. */
  readonly lower: string;
}

/** The units of a place list. Of most names only a hash is kept until somebody writes one: a start must not wait for them. */
export interface PlaceIndex {
  /** The hashes of names of one word, and of the first two words of others: most words that start a name are everyday words. */
  readonly starts: Sieve;
  /** By the hash of a first word, how many words to try. */
  readonly longest: ReadonlyMap<number, number>;
  /** The units with a name, which is given in folded words with single blanks. */
  named(key: string): readonly Place[];
  /** The names of districts and provinces that begin with a letter, for finding slips in them. */
  larger(initial: string): readonly string[];
  /** The new province that an old one became part of. */
  readonly mergedInto: ReadonlyMap<string, string>;
}

/** Some 10,000 pairs of words: a false alarm in thirty. */
const START_BITS = 18;
const DIGITS_ONLY = /^\d+$/;

/** Reads the place list (its form is described in `data/places/README.md`) into an index. */
export function indexPlaces(list: string): PlaceIndex {
  const text = list.normalize('NFC');
  // All names at once: to do it name by name would take most of the time of a start.
  const lower = text.toLowerCase();
  const bare = bareText(lower);
  const writtenAt = ({ from, to }: Mention): Written => ({
    written: text.slice(from, to),
    lower: lower.slice(from, to),
    bare: bare.slice(from, to),
  });
  const formOf = (mention: Mention): NameForm =>
    mention.line.kind === 'A' ? aliasForm(writtenAt(mention)) : unitForm(writtenAt(mention));
  const starts = createSieve(START_BITS);
  const names = createNumbering();
  /** By number of a name, where it is mentioned, in the order of the list. */
  const mentions: Mention[][] = [];
  const longest = new Map<number, number>();

  const note = (mention: Mention): void => {
    const { from, to } = mention;
    if (isPlain(bare, from, to)) noteKey(bare, from, to, mention);
    // Numbered wards are read by their number, which every town has.
    else if (mention.line.kind === 'A' || !DIGITS_ONLY.test(canonical(text.slice(from, to)))) {
      const { key } = formOf(mention);
      noteKey(key, 0, key.length, mention);
    }
  };
  const noteKey = (key: string, from: number, to: number, mention: Mention): void => {
    const number = names.numberOf(hashPart(key, from, to));
    const there = mentions[number];
    if (there !== undefined) {
      there.push(mention);
      return;
    }
    mentions[number] = [mention];
    const ends = wordEnds(key, from, to);
    const [first, second] = ends;
    const start = hashPart(key, from, first as number);
    if (ends.length > (longest.get(start) ?? 0)) longest.set(start, ends.length);
    addTo(starts, second === undefined ? start : joinHash(start, hashPart(key, (first as number) + 1, second)));
  };
  const mergedInto = new Map<string, string>();
  readPlaceList(text, note, (from, into) => mergedInto.set(canonical(from), canonical(into)));

  /** The units of a name by its mentions before a place in the list: the first of equal ones counts. */
  const unitsOf = (key: string, before: number): readonly Place[] => {
    const units: Place[] = [];
    const number = names.find(hashWord(key));
    if (number === UNKNOWN) return units;
    for (const mention of mentions[number] as Mention[]) {
      if (mention.from >= before) break;
      const form = formOf(mention);
      // Two names may have one hash.
      if (form.key !== key) continue;
      for (const unit of meant(mention)) {
        if (!units.some((other) => isSame(other, unit))) units.push({ ...unit, lower: form.lower });
      }
    }
    return units;
  };
  const meant = (mention: Mention): readonly Omit<Place, 'lower'>[] => {
    const { line, from } = mention;
    return line.kind === 'A'
      ? unitsOf(nameKey(line.head), from).filter(({ level }) => level !== 'commune')
      : [unitOf(mention, text)];
  };

  const read = new Map<string, readonly Place[]>();
  const named = (key: string): readonly Place[] => {
    const known = read.get(key);
    if (known !== undefined) return known;
    const units = unitsOf(key, text.length);
    if (units.length > 0) read.set(key, units);
    return units;
  };
  let larger: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    starts,
    longest,
    named,
    larger(initial) {
      larger ??= byInitial(mentions.filter((all) => all.some(({ line, isHead }) => isHead || line.kind === 'A')));
      return larger.get(initial) ?? [];
    },
    mergedInto,
  };

  function byInitial(names: readonly (readonly Mention[])[]): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    const isHeadByKey = new Map<string, boolean>();
    for (const mention of names.flat()) {
      const { key } = formOf(mention);
      isHeadByKey.set(key, isHeadByKey.get(key) === true || (mention.isHead && mention.line.kind !== 'A'));
    }
    for (const [key, isHead] of isHeadByKey) {
      if (!isHead && named(key).every(({ level }) => level === 'commune')) continue;
      const there = found.get(key.charAt(0));
      if (there === undefined) found.set(key.charAt(0), [key]);
      else there.push(key);
    }
    return found;
  }
}

/** The unit that a line of a province or a district names. */
function unitOf({ line, isHead, from, to }: Mention, text: string): Omit<Place, 'lower'> {
  const name = canonical(text.slice(from, to));
  const province = canonical(line.province);
  if (line.kind === 'P') return isHead ? { name, level: 'province' } : { name, level: 'commune', province };
  return isHead
    ? { name, level: 'district', province }
    : { name, level: 'commune', district: canonical(line.head), province };
}

function isSame(one: Omit<Place, 'lower'>, other: Omit<Place, 'lower'>): boolean {
  return one.level === other.level && one.district === other.district && one.province === other.province;
}

const BLANK = 32;
const isPlainLetter = (code: number): boolean => code >= 97 && code <= 122;

/** Whether a part of the list without marks is plain words with single blanks, which are found as they stand. */
function isPlain(bare: string, from: number, to: number): boolean {
  let isInWord = false;
  for (let i = from; i < to; i++) {
    const code = bare.charCodeAt(i);
    if (!isPlainLetter(code) && !(code === BLANK && isInWord)) return false;
    isInWord = code !== BLANK;
  }
  return isInWord;
}

/** Where the words of a key end. */
function wordEnds(key: string, from: number, to: number): number[] {
  const ends: number[] = [];
  for (let i = from; i < to; i++) if (key.charCodeAt(i) === BLANK) ends.push(i);
  ends.push(to);
  return ends;
}
