import { OUTSIDE_INTENT } from '../../../src/nlu/decide.ts';
import { hashWord } from '../../../src/nlu/hash.ts';
import type { IntentData } from '../../../src/nlu/load-intents.ts';
import { fold } from '../../../src/nlu/normalize.ts';
import { type Line, wordsBehind } from './lines.ts';

const FEW = 3;

/**
 * Words of one intent only: the learner takes such a word for a proof of the intent. Right for "solar", which its
 * author then names under `own_words`; wrong for "trao", which is in anybody's mouth. What is out of scope is full of words
 * that nothing else has.
 */
export function lonelyWords(lines: readonly Line[], intents: readonly IntentData[]): string[] {
  const behind = wordsBehind(lines);
  const own = ownWords(intents);
  return [...loneliness(lines)].flatMap(([hash, { intent, times }]) => {
    const word = behind.get(hash);
    const isFine = times < FEW || intent === OUTSIDE_INTENT || own.get(hash) === intent;
    return isFine || word === undefined || /^\d/.test(word) ? [] : [`${intent}: ${word} (in ${times} utterances)`];
  });
}

/** Words named as an intent's own that other intents have as well, or that it has not. */
export function sharedOwnWords(lines: readonly Line[], intents: readonly IntentData[]): string[] {
  const lonely = loneliness(lines);
  return intents.flatMap(({ intent, own_words = [] }) =>
    own_words.filter((word) => lonely.get(hashWord(fold(word)))?.intent !== intent).map((word) => `${intent}: ${word}`),
  );
}

/** Each word that only one intent has, with that intent and in how many utterances it stands. */
function loneliness(lines: readonly Line[]): ReadonlyMap<number, { readonly intent: string; readonly times: number }> {
  const seen = new Map<number, { readonly intent: string; readonly times: number }>();
  const shared = new Set<number>();
  for (const { intent, words } of lines) {
    for (const word of new Set(words)) {
      const known = seen.get(word);
      if (known !== undefined && known.intent !== intent) shared.add(word);
      seen.set(word, { intent, times: (known?.times ?? 0) + 1 });
    }
  }
  for (const word of shared) seen.delete(word);
  return seen;
}

const ownWords = (intents: readonly IntentData[]): ReadonlyMap<number, string> =>
  new Map(
    intents.flatMap(({ intent, own_words = [] }) => own_words.map((word) => [hashWord(fold(word)), intent] as const)),
  );
