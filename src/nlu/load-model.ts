import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startHelper } from './load-helper.ts';
import { listIntentFiles, loadIntents } from './load-intents.ts';
import { loadPlaces } from './load-places.ts';
import { decodeModel, encodeModel } from './model-file.ts';
import type { NluModel, WordLists } from './nlu-model.ts';
import { parseSpellings } from './spellings.ts';
import { trainModel } from './train-model.ts';
import { parseWordClasses } from './word-classes.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The lists the learner is given; the project's own where none is named. */
export interface ListFiles {
  readonly placesFile?: string;
  readonly spellingsFile?: string;
  readonly classesFile?: string;
}

export interface ModelFiles extends ListFiles {
  readonly intentsFolder: string;
  /** Where the trained model is kept; made when absent or of other data. */
  readonly cacheFile: string;
  readonly seed?: number;
  /** Called when training begins, which takes seconds. */
  readonly onTraining?: () => void;
}

const DEFAULT_SEED = 1;

/** The lists that come with the project and are used where no others are named. */
export const DEFAULT_PLACES_FILE = join(ROOT, 'data', 'places', 'places.txt');
export const DEFAULT_CLASSES_FILE = join(ROOT, 'data', 'nlu', 'word-classes.txt');
export const DEFAULT_SPELLINGS_FILE = join(ROOT, 'data', 'nlu', 'chat-spellings.tsv');

/** Loads the trained model, or trains and saves it when the file is absent, damaged or learned from other data. */
export function loadOrTrainModel(files: ModelFiles): NluModel {
  const lists = loadLists(files);
  const dataHash = hashOf(files);
  const saved = readSaved(files.cacheFile);
  const learned = saved === undefined ? undefined : decodeModel(saved, dataHash);
  if (learned !== undefined) return { ...learned, lists };
  files.onTraining?.();
  const intents = loadIntents(files.intentsFolder);
  const model = trainModel(intents, { seed: files.seed ?? DEFAULT_SEED, lists, helper: startHelper(intents) });
  saveModel(model, files.cacheFile, dataHash);
  return model;
}

/** Loads a model file whatever it was learned from. */
export function loadModelFile(file: string, lists: ListFiles = {}): NluModel {
  const saved = readSaved(file);
  if (saved === undefined)
    throw new Error(
      `The model file ${file} cannot be read. Train one with: npm run nlu -- train --data DIR --out ${file}`,
    );
  const learned = decodeModel(saved);
  if (learned === undefined)
    throw new Error(`${file} is not a model file of this version. Train it anew with: npm run nlu -- train`);
  return { ...learned, lists: loadLists(lists) };
}

/** Writes a model. */
export function saveModel(model: NluModel, file: string, dataHash = ''): void {
  writeWhole(file, encodeModel(model, dataHash));
}

/** Writes a file in one step, so that nobody reads half of it; makes its folder. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}.tmp`;
  writeFileSync(half, content);
  renameSync(half, file);
}

/** Reads the lists. */
export function loadLists(files: ListFiles = {}): WordLists {
  return {
    places: loadPlaces(files.placesFile ?? DEFAULT_PLACES_FILE),
    spellings: parseSpellings(readList(files.spellingsFile ?? DEFAULT_SPELLINGS_FILE)),
    classes: parseWordClasses(readList(files.classesFile ?? DEFAULT_CLASSES_FILE)),
  };
}

function readList(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`The list ${file} cannot be read. Put it back in its place, or name another file.`, { cause });
  }
}

function readSaved(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** A hash over all that decides what is learned: intent files, lists, seed and the learner's own sources. */
function hashOf(files: ModelFiles): string {
  const hash = createHash('sha256').update(String(files.seed ?? DEFAULT_SEED));
  const add = (file: string): void => {
    hash.update(file.slice(file.lastIndexOf('/') + 1)).update(readFileSync(file));
  };
  for (const name of listIntentFiles(files.intentsFolder)) add(join(files.intentsFolder, name));
  add(files.placesFile ?? DEFAULT_PLACES_FILE);
  add(files.spellingsFile ?? DEFAULT_SPELLINGS_FILE);
  add(files.classesFile ?? DEFAULT_CLASSES_FILE);
  for (const folder of [import.meta.dirname, join(import.meta.dirname, 'entities')]) {
    for (const name of readdirSync(folder).sort()) if (name.endsWith('.ts')) add(join(folder, name));
  }
  return hash.digest('hex');
}
