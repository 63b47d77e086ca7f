import { startHelper } from '../../src/nlu/load-helper.ts';
import { loadIntents } from '../../src/nlu/load-intents.ts';
import { loadLists, saveModel } from '../../src/nlu/load-model.ts';
import { trainModel } from '../../src/nlu/train-model.ts';
import type { Options } from '../nlu.ts';

/** Learns the intents of a folder and writes the model file. */
export function train(options: Options): void {
  if (options.data === undefined || options.out === undefined)
    throw new Error('train needs --data DIR and --out FILE.');
  const intents = loadIntents(options.data);
  const begin = performance.now();
  const helper = startHelper(intents);
  const model = trainModel(intents, { seed: 1, lists: loadLists(options.lists), helper });
  const ms = Math.round(performance.now() - begin);
  saveModel(model, options.out);
  const utterances = intents.reduce((sum, { utterances: own }) => sum + own.length, 0);
  process.stderr.write(`Learned ${intents.length} intents from ${utterances} utterances in ${ms} ms.\n`);
}
