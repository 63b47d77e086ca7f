import { DamerauLevenshteinDistance } from 'natural/lib/natural/distance/index.js';
import type { Place, PlaceIndex, PlaceLevel } from '../place-index.ts';

const LONGEST = 24;

/** Districts or provinces of these levels whose folded name differs by a slip or two from what was written; the nearest only. */
export function nearestPlaces(index: PlaceIndex, folded: string, levels: readonly PlaceLevel[]): readonly Place[] {
  if (folded.length < 5 || folded.length > LONGEST) return [];
  const allowed = folded.length >= 9 ? 2 : 1;
  let best = allowed + 1;
  let nearest: readonly Place[] = [];
  for (const name of index.larger(folded.charAt(0))) {
    if (Math.abs(name.length - folded.length) > allowed || !sharesLetters(name, folded, allowed)) continue;
    const fitting = index.named(name).filter((place) => levels.includes(place.level));
    if (fitting.length === 0) continue;
    const distance = DamerauLevenshteinDistance(folded, name, { restricted: true });
    if (distance < best) {
      best = distance;
      nearest = fitting;
    }
  }
  return nearest;
}

/** Whether neither has more letters that the other lacks than slips are allowed: told before they are compared one by one. */
function sharesLetters(one: string, other: string, allowed: number): boolean {
  const [a, b] = [lettersOf(one), lettersOf(other)];
  return countBits(a & ~b) <= allowed && countBits(b & ~a) <= allowed;
}

/** The letters of a word, a bit each; all other characters share some. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
