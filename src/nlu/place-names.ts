import { bareWord, fold, normalize } from './normalize.ts';

/** A name as it stands in the place list, in lower case, and without marks, letter for letter. */
export interface Written {
  readonly written: string;
  readonly lower: string;
  readonly bare: string;
}

/** A name as texts are searched for it. */
export interface NameForm {
  /** The name in lower case with marks, its tones placed in one way. */
  readonly lower: string;
  /** Its words without marks, with single blanks between them. */
  readonly key: string;
}

const NOT_IN_WORDS = /[^\p{L}\d]+/gu;
const NOT_PLAIN = /[^a-z ]/;
const LEADING_KIND = /^(Phường|Xã|Thị trấn) (?=\d)/u;
const MOVABLE_TONE = /o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]|[òóỏõọ][ae]|[úùủũụ]y/i;

/** The form of a unit's name. */
export function unitForm(name: Written): NameForm {
  const plain = canonical(name.written);
  return plain === name.written ? aliasForm(name) : searchForm(remade(plain));
}

/** The form of another way of writing a name. */
export function aliasForm(name: Written): NameForm {
  return searchForm(MOVABLE_TONE.test(name.written) ? remade(name.written) : name);
}

function searchForm({ lower, bare }: Omit<Written, 'written'>): NameForm {
  if (!NOT_PLAIN.test(bare)) return { lower, key: bare };
  const words = lower.replace(NOT_IN_WORDS, ' ').trim();
  return { lower: words, key: bareWord(words) };
}

function remade(written: string): Omit<Written, 'written'> {
  const lower = MOVABLE_TONE.test(written) ? normalize(written) : written.toLowerCase();
  return { lower, bare: bareWord(lower) };
}

/** One way of placing tones ("Hoà" is "Hòa") with the capitals kept. */
export function canonical(name: string): string {
  const plain = name.replace(LEADING_KIND, '').trim();
  if (!MOVABLE_TONE.test(plain)) return plain;
  const lower = normalize(plain);
  if (lower.length !== plain.length) return plain;
  return [...plain]
    .map((char, i) => (char === char.toLowerCase() ? lower.charAt(i) : lower.charAt(i).toUpperCase()))
    .join('');
}

/** The key under which a name is found: folded words with single blanks. */
export function nameKey(name: string): string {
  return fold(name)
    .replace(/[^a-z\d]+/g, ' ')
    .trim();
}
