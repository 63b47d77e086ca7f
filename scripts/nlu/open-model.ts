import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { loadModelFile, loadOrTrainModel } from '../../src/nlu/load-model.ts';
import type { NluModel } from '../../src/nlu/nlu-model.ts';
import type { Options } from '../nlu.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The project's own intents. */
export const OWN_DATA = join(ROOT, 'data', 'intents');

/** The model of `--model`, or of `--data` (the project's own intents when neither is given), trained when stale. */
export function openModel(options: Options): NluModel {
  if (options.model !== undefined) return loadModelFile(options.model, options.lists);
  const intentsFolder = resolve(options.data ?? OWN_DATA);
  const name = createHash('sha256').update(intentsFolder).digest('hex').slice(0, 12);
  return loadOrTrainModel({ ...options.lists, intentsFolder, cacheFile: join(ROOT, 'var', `nlu-${name}.model`) });
}
