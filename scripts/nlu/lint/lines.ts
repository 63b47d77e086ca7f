import { hashWord } from '../../../src/nlu/hash.ts';
import type { IntentData } from '../../../src/nlu/load-intents.ts';
import { prepare } from '../../../src/nlu/normalize.ts';
import { tokenize } from '../../../src/nlu/tokenize.ts';
import type { Sample } from '../../../src/nlu/train-model.ts';

/** A training utterance as the learner reads it. */
export interface Line {
  readonly intent: string;
  readonly utterance: string;
  /** Hashes of its words: slips and chat spellings repaired, marks left out. */
  readonly words: readonly number[];
}

/** Every training utterance of a catalogue, in order; its samples are those of `toSamples`. */
export function readLines(intents: readonly IntentData[], samples: readonly Sample[]): readonly Line[] {
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
