import type { Understand } from '../../nlu/understanding.ts';
import type { UnclearGroup } from './desk-api/learning.ts';
import { type UnclearMessage, wordsOf } from './unclear-messages.ts';

/** Messages with the same words as one row, what came most often first, each with what it would be taken for now. */
export function groupUnclear(
  messages: readonly UnclearMessage[],
  { understand, now }: { readonly understand: Understand; readonly now: number },
): readonly UnclearGroup[] {
  const byWords = new Map<string, UnclearMessage[]>();
  for (const message of messages) {
    const words = wordsOf(message.text);
    byWords.set(words, [...(byWords.get(words) ?? []), message]);
  }
  return [...byWords]
    .map(([words, [newest, ...earlier]]) => {
      const { text, at, conversationId } = newest as UnclearMessage;
      const all = [newest as UnclearMessage, ...earlier];
      return {
        ...{ words, text, conversationId, lastAt: at, times: all.length },
        why: [...new Set(all.map((one) => one.why))],
        proposed: [...new Set(all.flatMap((one) => one.proposed ?? []))],
        guesses: understand(text, { now })
          .alternatives.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
          .slice(0, MOST_GUESSES),
      };
    })
    .sort((a, b) => b.times - a.times || b.lastAt - a.lastAt);
}

const MOST_GUESSES = 3;
/** Less is no suggestion. */
const LEAST_CONFIDENCE = 0.05;
