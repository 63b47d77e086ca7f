import type { Answer } from './answer.ts';
import type { Dialog } from './dialog.ts';
import { CANCEL_INTENT } from './engine-dialogs.ts';

/** The action that tells an answer of `data/answers`. */
const ANSWERING = 'find_answer';

/** What is missing for every intent to end in something useful, one line each with how to mend it. */
export function unservedIntents(
  intents: readonly string[],
  dialogs: readonly Dialog[],
  answers: readonly Answer[],
): readonly string[] {
  const started = new Set(dialogs.flatMap((dialog) => dialog.startsOn));
  const answered = new Set(answers.map(({ intent }) => intent));
  const telling = dialogs
    .filter(({ nodes }) => Object.values(nodes).some((node) => node.kind === 'do' && node.does === ANSWERING))
    .map(({ id }) => ({ id, intent: id.replaceAll('-', '_') }));
  const told = new Set(telling.map(({ intent }) => intent));
  return [
    ...intents
      // The engine itself takes a cancellation.
      .filter((intent) => intent !== CANCEL_INTENT && !started.has(intent))
      .map((intent) => `${intent}: no dialog starts on it. Add a tree to src/dialogs/trees.`),
    ...telling
      .filter(({ intent }) => !answered.has(intent))
      .map(({ id, intent }) => `${id}: it tells an answer, and there is none. Add data/answers/${intent}.yaml.`),
    ...[...answered]
      .filter((intent) => !told.has(intent))
      .map((intent) => `data/answers/${intent}.yaml: no dialog tells it. Let ${intent.replaceAll('_', '-')} do it.`),
  ];
}
