import { startHelper } from '../../src/nlu/load-helper.ts';
import { type IntentData, loadIntents } from '../../src/nlu/load-intents.ts';
import { loadLists } from '../../src/nlu/load-model.ts';
import { toSamples } from '../../src/nlu/train-model.ts';
import type { Options } from '../nlu.ts';
import { readLines } from './lint/lines.ts';
import { lonelyWords, sharedOwnWords } from './lint/lonely-words.ts';
import { misfits } from './lint/misfits.ts';
import { contradictions, nearCopies } from './lint/near-copies.ts';
import { OWN_DATA } from './open-model.ts';
import { STYLES } from './styles.ts';

const FEW = 3;

/** One kind of fault in training utterances, with what an author does about it. */
interface Findings {
  readonly kind: string;
  readonly found: readonly string[];
}

/** Reports what an author of training utterances has to mend; any finding makes the command fail. */
export function lint(options: Options): void {
  const intents = loadIntents(options.data ?? OWN_DATA);
  const helper = options.quick ? undefined : startHelper(intents);
  const { samples } = toSamples(intents, loadLists(options.lists));
  const lines = readLines(intents, samples);
  const all: Findings[] = [
    { kind: 'The same words under two intents (keep one, or say more)', found: contradictions(lines) },
    { kind: 'Near copies (say it another way, or drop one)', found: nearCopies(lines) },
    {
      kind: 'Words of one intent only (let other intents say them, or name them under own_words)',
      found: lonelyWords(lines, intents),
    },
    {
      kind: 'Own words that other intents have too, or that are gone (drop them)',
      found: sharedOwnWords(lines, intents),
    },
    { kind: `Styles with fewer than ${FEW} utterances (write some)`, found: missingStyles(intents) },
  ];
  if (!options.quick) {
    all.push({
      kind: 'Taken for another intent (relabel, write more like it, or name it in the borders of the other intent)',
      found: misfits(intents, samples, helper),
    });
  }
  const faults = all.filter(({ found }) => found.length > 0);
  for (const { kind, found } of faults) {
    process.stdout.write(`${kind}: ${found.length}\n`);
    for (const line of found) process.stdout.write(`  ${line}\n`);
  }
  if (faults.length > 0) process.exitCode = 1;
  else process.stdout.write(`Nothing to mend in ${lines.length} utterances of ${intents.length} intents.\n`);
}

const missingStyles = (intents: readonly IntentData[]): string[] =>
  intents.flatMap(({ intent, utterances }) =>
    STYLES.filter(({ is }) => utterances.filter((utterance) => is(utterance)).length < FEW).map(
      ({ name }) => `${intent}: ${name}`,
    ),
  );
