import { hashWord, joinHash } from './hash.ts';
import { bareText, bareWord, fold, normalize } from './normalize.ts';
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

/** Units by folded name; `longest` by first folded word tells how many words to try. */
export interface PlaceIndex {
  readonly byName: ReadonlyMap<string, readonly Place[]>;
  readonly longest: ReadonlyMap<string, number>;
  /** The hashes of names of one word, and of the first two words of others: most words that start a name are everyday words. */
  readonly starts: Sieve;
  /** The names of districts and provinces by their first letter, for finding slips in them. */
  readonly larger: ReadonlyMap<string, readonly string[]>;
  /** The new province that an old one became part of. */
  readonly mergedInto: ReadonlyMap<string, string>;
}

const NOT_IN_WORDS = /[^\p{L}\d]+/gu;
const NOT_PLAIN = /[^a-z ]/;
const LEADING_KIND = /^(Phường|Xã|Thị trấn) (?=\d)/u;

/** Some 10,000 pairs of words: a false alarm in thirty. */
const START_BITS = 18;

/** The hash of what a name begins with. */
function startHash(first: string, second?: string): number {
  return second === undefined ? hashWord(first) : joinHash(hashWord(first), hashWord(second));
}

/** Reads the place list (its form is described in `data/places/README.md`) into an index. */
export function indexPlaces(list: string): PlaceIndex {
  const builder = createBuilder();
  let province = '';
  const text = list.normalize('NFC');
  // All names at once: to do it name by name would take most of the time of a start.
  const lower = text.toLowerCase();
  const bare = bareText(lower);
  let next = 0;
  for (const [number, line] of text.split('\n').entries()) {
    const from = next;
    next += line.length + 1;
    if (line === '' || line.startsWith('#') || line.startsWith('[')) continue;
    const colon = line.indexOf(':');
    const head = colon < 0 ? line.slice(2) : line.slice(2, colon);
    const tail = colon < 0 ? line.length : colon + (line[colon + 1] === ' ' ? 2 : 1);
    const nameAt = (start: number, end: number): Written => ({
      written: line.slice(start, end),
      lower: lower.slice(from + start, from + end),
      bare: bare.slice(from + start, from + end),
    });
    if (line.startsWith('P ')) province = head;
    const read = LINES[line.slice(0, 2)];
    if (read === undefined) {
      throw new Error(
        `Place list, line ${number + 1}: expected "P ", "D ", "M " or "A " at the start, found "${line.slice(0, 20)}".`,
      );
    }
    read(builder, nameAt(2, 2 + head.length), listed(line, tail, nameAt), province);
  }
  for (const [name, places] of builder.index.byName) {
    if (places.every((place) => place.level === 'commune')) continue;
    const initial = name.charAt(0);
    const names = builder.index.larger.get(initial);
    if (names === undefined) builder.index.larger.set(initial, [name]);
    else names.push(name);
  }
  return builder.index;
}

/** A name as it stands in the list, in lower case, and without marks, letter for letter. */
interface Written {
  readonly written: string;
  readonly lower: string;
  readonly bare: string;
}

/** The names of a line from `start` on, which stand between commas. */
function listed(line: string, start: number, nameAt: (start: number, end: number) => Written): Written[] {
  const names: Written[] = [];
  for (let from = start; from < line.length; ) {
    const comma = line.indexOf(', ', from);
    const end = comma < 0 ? line.length : comma;
    names.push(nameAt(from, end));
    from = end + 2;
  }
  return names;
}

type Builder = ReturnType<typeof createBuilder>;

const LINES: Readonly<
  Record<string, (builder: Builder, head: Written, names: readonly Written[], province: string) => void>
> = {
  'P ': (builder, head, names) => {
    builder.add(head, { level: 'province' });
    for (const name of names) builder.add(name, { level: 'commune', province: head.written });
  },
  'D ': (builder, head, names, province) => {
    const bracket = head.written.search(/ \(.*\)$/);
    const name = bracket < 0 ? head : cut(head, bracket);
    const district = name.written;
    builder.add(name, { level: 'district', province });
    for (const one of names) builder.add(one, { level: 'commune', district, province });
  },
  'M ': (builder, head, names) => {
    for (const name of names) builder.merge(name.written, head.written);
  },
  'A ': (builder, head, names) => {
    for (const name of names) builder.alias(name, head.written);
  },
};

function cut({ written, lower, bare }: Written, end: number): Written {
  return { written: written.slice(0, end), lower: lower.slice(0, end), bare: bare.slice(0, end) };
}

function isSame(one: Omit<Place, 'lower'>, other: Omit<Place, 'lower'>): boolean {
  return one.level === other.level && one.district === other.district && one.province === other.province;
}

/** Repeats the last answer while the question stays the same: the lines of one province follow each other. */
function rememberLast(find: (name: string) => string): (name: string) => string {
  let asked: string | undefined;
  let answer = '';
  return (name) => {
    if (name !== asked) {
      answer = find(name);
      asked = name;
    }
    return answer;
  };
}

function createBuilder() {
  const districtOf = rememberLast(canonical);
  const provinceOf = rememberLast(canonical);
  const byName = new Map<string, Place[]>();
  const longest = new Map<string, number>();
  const starts = createSieve(START_BITS);
  const larger = new Map<string, string[]>();
  const mergedInto = new Map<string, string>();
  const put = (name: Written, place: Omit<Place, 'lower'>): void => {
    let { lower, bare: key } = name;
    if (NOT_PLAIN.test(key)) {
      lower = lower.replace(NOT_IN_WORDS, ' ').trim();
      key = bareWord(lower);
    }
    const entry = { ...place, lower };
    const entries = byName.get(key);
    if (entries === undefined) byName.set(key, [entry]);
    else if (entries.some((other) => isSame(other, place))) return;
    else entries.push(entry);
    noteWords(key);
  };
  const noteWords = (key: string): void => {
    const cut = key.indexOf(' ');
    const first = cut < 0 ? key : key.slice(0, cut);
    let words = 1;
    for (let at = cut; at >= 0; at = key.indexOf(' ', at + 1)) words++;
    if (words > (longest.get(first) ?? 0)) longest.set(first, words);
    const end = key.indexOf(' ', cut + 1);
    addTo(starts, cut < 0 ? startHash(key) : startHash(first, key.slice(cut + 1, end < 0 ? key.length : end)));
  };
  return {
    index: { byName, longest, starts, larger, mergedInto },
    add(written: Written, place: Omit<Place, 'lower' | 'name'>): void {
      const name = canonical(written.written);
      // Numbered wards are read by their number, which every town has.
      if (/^\d+$/.test(name)) return;
      const { level, district, province } = place;
      put(name === written.written ? plainly(written) : forms(name), {
        name,
        level,
        ...(district !== undefined && { district: districtOf(district) }),
        ...(province !== undefined && { province: provinceOf(province) }),
      });
    },
    merge(from: string, into: string): void {
      mergedInto.set(canonical(from), canonical(into));
    },
    alias(written: Written, name: string): void {
      for (const place of byName.get(nameKey(name)) ?? []) {
        if (place.level !== 'commune') put(plainly(written), { ...place });
      }
    },
  };
}

/** The key under which a name is found: folded words with single blanks. */
export function nameKey(name: string): string {
  return fold(name)
    .replace(/[^a-z\d]+/g, ' ')
    .trim();
}

const MOVABLE_TONE = /o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]|[òóỏõọ][ae]|[úùủũụ]y/i;

/** A name in its forms, one by one. */
function forms(written: string): Written {
  const lower = MOVABLE_TONE.test(written) ? normalize(written) : written.toLowerCase();
  return { written, lower, bare: bareWord(lower) };
}

/** A name as it stands in the list, its tones placed in one way. */
function plainly(name: Written): Written {
  return MOVABLE_TONE.test(name.written) ? forms(name.written) : name;
}

/** One way of placing tones ("Hoà" is "Hòa") with the capitals kept. */
function canonical(name: string): string {
  const plain = name.replace(LEADING_KIND, '').trim();
  if (!MOVABLE_TONE.test(plain)) return plain;
  const lower = normalize(plain);
  if (lower.length !== plain.length) return plain;
  return [...plain]
    .map((char, i) => (char === char.toLowerCase() ? lower.charAt(i) : lower.charAt(i).toUpperCase()))
    .join('');
}
