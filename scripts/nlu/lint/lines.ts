import { hashWord } from '../../../src/nlu/hash.ts';
import type { IntentData } from '../../../src/nlu/load-intents.ts';
import type { WordLists } from '../../../src/nlu/nlu-model.ts';
import { prepare } from '../../../src/nlu/normalize.ts';
import { tokenize } from '../../../src/nlu/tokenize.ts';
import { toSamples } from '../../../src/nlu/train-model.ts';

/** A training utterance as the learner reads it. */
export interface Line {
  readonly intent: string;
  readonly utterance: string;
  /** Hashes of its words: slips and chat spellings repaired, marks left out. */
  readonly words: readonly number[];
}

/** Every training utterance of a catalogue, in order. */
export function readLines(intents: readonly IntentData[], lists: WordLists): readonly Line[] {
  const { samples } = toSamples(intents, lists);
  return intents
    .flatMap(({ intent, utterances }) => utterances.map((utterance) => ({ intent, utterance })))
    .map((line, i) => ({ ...line, words: samples[i]?.words.folded ?? [] }));
}

/** The words behind the hashes, as somebody wrote them; a word that only repair knows has none. */
export function wordsBehind(lines: readonly Line[]): ReadonlyMap<number, string> {
  return new Map(
    lines.flatMap(({ utterance }) => tokenize(prepare(utterance)).map(({ folded }) => [hashWord(folded), folded])),
  );
}
