import { LONGEST_READ } from './normalize.ts';
import type { SpellingTable } from './spellings.ts';

/** What a message without any word says by its signs ("🙏❤️"), in words: the first sign in the table of spellings counts. */
export function saidBySigns(utterance: string, spellings: SpellingTable): string | undefined {
  for (const sign of utterance.slice(0, LONGEST_READ)) {
    const words = spellings.get(sign)?.readings[0];
    if (words !== undefined) return words.map(({ lower }) => lower).join(' ');
  }
  return undefined;
}
