/** A text as it goes out by SMS, and what it costs. */
export interface FittedSms {
  readonly text: string;
  readonly encoding: 'gsm7' | 'ucs2';
  readonly segments: number;
}

export interface FitOptions {
  /** More segments than this are cut off. */
  readonly maxSegments: number;
  /** Keeps the marks: two to three times as dear. */
  readonly keepsMarks?: boolean;
  /** Comes last and is never cut. */
  readonly ending?: string;
}

/** 3GPP TS 23.038: characters of one alone, and of each part of several. */
const SIZES = { gsm7: { single: 160, part: 153 }, ucs2: { single: 70, part: 67 } } as const;
const GSM7 = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const GSM7_DOUBLE = new Set('^{}\\[~]|€\f');
const ELLIPSIS = '...';

/** Several Vietnamese gateways refuse `&` and `#`; typographic signs make the whole text UCS-2. */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/[“”„«»]/g, '"'],
  [/[‘’‚]/g, "'"],
  [/[–—−]/g, '-'],
  [/…/g, '...'],
  [/→/g, '->'],
  [/×/g, 'x'],
  [/\s*&\s*/g, ' va '],
  [/#/g, ''],
  [/[\u00a0\u202f\t]/g, ' '],
];

/** The text in the form that costs least, cut at a word when it would take too many segments. */
export function fitSms(text: string, { maxSegments, keepsMarks = false, ending = '' }: FitOptions): FittedSms {
  const form = keepsMarks ? tidied : withoutMarks;
  const tail = ending === '' ? '' : `\n${form(ending)}`;
  const plain = form(text);
  const whole = measure(plain + tail);
  if (whole.segments <= maxSegments) {
    return { text: plain + tail, ...whole };
  }
  const sizes = SIZES[whole.encoding];
  const room = maxSegments === 1 ? sizes.single : sizes.part * maxSegments;
  const rest = `${ELLIPSIS}${tail}`;
  const cut = cutAtWord(plain, room - widthOf(rest, whole.encoding), whole.encoding) + rest;
  return { text: cut, ...measure(cut) };
}

/** Encoding and number of segments of a text as it is. An escaped character is never torn between two parts. */
export function measure(text: string): Omit<FittedSms, 'text'> {
  const encoding = [...text].every((sign) => GSM7.has(sign) || GSM7_DOUBLE.has(sign)) ? 'gsm7' : 'ucs2';
  const { single, part } = SIZES[encoding];
  const units = [...text].map((sign) => unitsOf(sign, encoding));
  if (units.reduce((sum, one) => sum + one, 0) <= single) {
    return { encoding, segments: 1 };
  }
  let segments = 1;
  let used = 0;
  for (const one of units) {
    if (used + one > part) {
      segments += 1;
      used = 0;
    }
    used += one;
  }
  return { encoding, segments };
}

/** Vietnamese without marks, in signs of the GSM-7 alphabet; what has no such form is left out. */
export function withoutMarks(text: string): string {
  const bare = tidied(text).normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
  return [...bare].filter((sign) => GSM7.has(sign) || GSM7_DOUBLE.has(sign)).join('');
}

function tidied(text: string): string {
  return REPLACEMENTS.reduce((sum, [from, to]) => sum.replaceAll(from, to), text.normalize('NFC')).trim();
}

function unitsOf(sign: string, encoding: FittedSms['encoding']): number {
  return encoding === 'ucs2' ? sign.length : GSM7_DOUBLE.has(sign) ? 2 : 1;
}

function widthOf(text: string, encoding: FittedSms['encoding']): number {
  return [...text].reduce((sum, sign) => sum + unitsOf(sign, encoding), 0);
}

function cutAtWord(text: string, room: number, encoding: FittedSms['encoding']): string {
  let used = 0;
  let cut = '';
  for (const sign of text) {
    // A part may end one unit early for an escaped sign or a surrogate pair: two units a part are kept free.
    used += unitsOf(sign, encoding);
    if (used > room - 2 * Math.ceil(room / SIZES[encoding].part)) {
      break;
    }
    cut += sign;
  }
  const space = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'));
  return (space > cut.length / 2 ? cut.slice(0, space) : cut).trimEnd();
}
