import type { DialogChoice } from './dialog.ts';
import { foldWords } from './fold-words.ts';
import type { Slots } from './run-action.ts';

/** In a value that a choice sets: the words of the customer that meant the choice. */
const WORDS = ' ({words})';

/**
 * What a choice fills. "Ví điện tử ({words})" becomes "ví điện tử (MoMo)" for whoever wrote MoMo; without words that say
 * more than the value does, and with a value told before, it stays as it is.
 */
export function setsOf({ sets, words }: DialogChoice, utterance: string, has: Slots = {}): Slots {
  return Object.fromEntries(
    Object.entries(sets).map(([slot, value]) => {
      if (!value.endsWith(WORDS)) {
        return [slot, value];
      }
      const plain = value.slice(0, -WORDS.length);
      const said = saidWords(utterance, words);
      const isMore = said !== undefined && !foldWords(plain).includes(foldWords(said));
      const before = has[slot]?.startsWith(`${plain} (`) ? has[slot] : plain;
      return [slot, isMore ? `${plain} (${said})` : before];
    }),
  );
}

/** The first of these folded words that stand in an utterance, as the customer wrote them. */
function saidWords(utterance: string, patterns: readonly string[]): string | undefined {
  const tokens = [...utterance.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
  const folded = tokens.map(([word]) => foldWords(word));
  for (const pattern of patterns) {
    const parts = pattern.split(' ');
    const at = folded.findIndex((_, index) => parts.every((part, offset) => folded[index + offset] === part));
    const [first, last] = [tokens[at], tokens[at + parts.length - 1]];
    if (first !== undefined && last !== undefined) {
      return utterance.slice(first.index, last.index + last[0].length);
    }
  }
  return undefined;
}
