import { bareWord, normalize } from './normalize.ts';
import type { RawWord } from './read-word.ts';

/** What a chat spelling may stand for; each reading is a sequence of marked words. */
export interface Spelling {
  readonly readings: readonly (readonly RawWord[])[];
  /** Whether the spelling is also a word of its own. */
  readonly keepsItself: boolean;
}

/** Chat spellings by the way they are written, in lower case. */
export type SpellingTable = ReadonlyMap<string, Spelling>;

/** Reads the table of chat spellings: a spelling, a tab, its readings separated by "; ". */
export function parseSpellings(list: string): SpellingTable {
  const table = new Map<string, Spelling>();
  for (const [number, line] of list.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [spelling, readings] = line.split('\t');
    if (!spelling || !readings)
      throw new Error(`Chat spellings, line ${number + 1}: expected a spelling, a tab and its readings.`);
    const all = readings.split(';').map((reading) => normalize(reading));
    // Of a sign outside the first plane nothing is left when it is cleaned.
    table.set(normalize(spelling) || spelling.trim(), {
      readings: all
        .filter((reading) => reading !== '=')
        .map((reading) =>
          reading.split(' ').map((lower) => ({ lower, folded: bareWord(lower), kind: 'word' as const })),
        ),
      keepsItself: all.includes('='),
    });
  }
  return table;
}
