import { KEY_ROWS } from './keyboard.ts';
import { bareWord } from './normalize.ts';

/** Hits a share of the characters at random: one left out, a neighbour of the keyboard added or in its place, two swapped. */
export function makeSlips(text: string, share: number, random: () => number): string {
  const letters = [...text];
  let spoiled = '';
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] as string;
    if (letter === ' ' || random() >= share) {
      spoiled += letter;
      continue;
    }
    const kind = Math.floor(random() * 4);
    const next = letters[i + 1];
    if (kind === 1) spoiled += letter + neighbour(letter, random);
    else if (kind === 2) spoiled += neighbour(letter, random);
    else if (kind === 3 && next !== undefined && next !== ' ') {
      spoiled += next + letter;
      i++;
    } else if (kind === 3) spoiled += letter;
  }
  return spoiled;
}

function neighbour(letter: string, random: () => number): string {
  const bare = bareWord(letter.toLowerCase());
  const row = KEY_ROWS.findIndex((keys) => keys.includes(bare));
  if (row < 0) return letter;
  const at = (KEY_ROWS[row] as string).indexOf(bare);
  const near = [KEY_ROWS[row]?.[at - 1], KEY_ROWS[row]?.[at + 1], KEY_ROWS[row - 1]?.[at], KEY_ROWS[row + 1]?.[at]];
  const keys = near.filter((key) => key !== undefined);
  return keys[Math.floor(random() * keys.length)] as string;
}
