/** Code points, as Zalo's limit counts them. */
export function lengthOf(text: string): number {
  return [...text].length;
}

const BREAKS: readonly RegExp[] = [
  // Paragraph, line, sentence, word: the last one of the best kind inside the limit is taken.
  /\n\s*\n/gu,
  /\n/gu,
  /(?<=[.!?…:;])\s+/gu,
  /\s+/gu,
];

/** Code units, as Telegram's limits count them: an emoji is two. */
export function unitsOf(text: string): number {
  return text.length;
}

/**
 * Cuts a text into parts of at most `limit`: at a paragraph, else a sentence, else a word. In NFC. `measure`: what the
 * limit counts, code points if not given.
 */
export function splitText(
  text: string,
  limit: number,
  measure: (text: string) => number = lengthOf,
): readonly string[] {
  const parts: string[] = [];
  let rest = text.normalize('NFC').trim();
  while (measure(rest) > limit) {
    const fitting = beginningOf(rest, limit, measure);
    const [next = ''] = rest.slice(fitting.length);
    const room = fitting + next;
    const cut = breakIn(room);
    const head = cut === undefined ? fitting : room.slice(0, cut);
    parts.push(head.trimEnd());
    rest = rest.slice(head.length).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** As many whole characters as fit. */
function beginningOf(text: string, limit: number, measure: (text: string) => number): string {
  let end = 0;
  let used = 0;
  for (const character of text) {
    used += measure(character);
    if (used > limit) {
      break;
    }
    end += character.length;
  }
  return text.slice(0, end);
}

/** Where to cut; not in the first half, or a heading would stand alone before a word that just fits. */
function breakIn(room: string): number | undefined {
  for (const [index, kind] of BREAKS.entries()) {
    const isLastResort = index === BREAKS.length - 1;
    const cut = [...room.matchAll(kind)].at(-1)?.index;
    if (cut !== undefined && cut > (isLastResort ? 0 : room.length / 2)) {
      return cut;
    }
  }
  return undefined;
}
