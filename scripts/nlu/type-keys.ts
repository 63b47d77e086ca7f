/** What the keys of a Vietnamese keyboard would leave of a word with the Vietnamese mode off. */
interface Keys {
  readonly marks: Readonly<Record<string, string>>;
  readonly tones: Readonly<Record<string, string>>;
}

const TELEX: Keys = {
  marks: { â: 'aa', ê: 'ee', ô: 'oo', ă: 'aw', ơ: 'ow', ư: 'uw', đ: 'dd' },
  tones: { '\u0301': 's', '\u0300': 'f', '\u0309': 'r', '\u0303': 'x', '\u0323': 'j' },
};
const VNI: Keys = {
  marks: { â: 'a6', ê: 'e6', ô: 'o6', ă: 'a8', ơ: 'o7', ư: 'u7', đ: 'd9' },
  tones: { '\u0301': '1', '\u0300': '2', '\u0309': '3', '\u0303': '4', '\u0323': '5' },
};
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;

/** "điện" as "ddieenj". */
export const toTelex = (word: string): string => typed(word, TELEX);
/** "điện" as "d9ie6n5". */
export const toVni = (word: string): string => typed(word, VNI);

/** The tone is typed at the end of the word, as most people do. */
function typed(word: string, { marks, tones }: Keys): string {
  let keys = '';
  let tone = '';
  for (const letter of word.normalize('NFC').toLowerCase()) {
    const mark = TONE.exec(letter.normalize('NFD'))?.[0];
    if (mark !== undefined) tone = tones[mark] as string;
    const bare = mark === undefined ? letter : letter.normalize('NFD').replace(mark, '').normalize('NFC');
    keys += marks[bare] ?? bare;
  }
  return keys + tone;
}
