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

/** Cuts a text into parts of at most `limit` code points: at a paragraph, else a sentence, else a word. In NFC. */
export function splitText(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text.normalize('NFC').trim();
  while (lengthOf(rest) > limit) {
    const room = [...rest].slice(0, limit + 1).join('');
    const cut = breakIn(room);
    const head = cut === undefined ? [...rest].slice(0, limit).join('') : room.slice(0, cut);
    parts.push(head.trimEnd());
    rest = rest.slice(head.length).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
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
