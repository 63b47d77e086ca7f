import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

/** One intent as its author wrote it. */
export interface IntentData {
  readonly intent: string;
  readonly description?: string | undefined;
  /** Utterances that look alike and belong to another intent. */
  readonly borders?: readonly Border[] | undefined;
  readonly utterances: readonly string[];
  /** Words that only this intent has, and rightly so: no fault to `nlu -- lint`. */
  readonly own_words?: readonly string[] | undefined;
  /** Utterances that are never learned from, to measure with. */
  readonly heldout?: readonly string[] | undefined;
}

export interface Border {
  readonly text: string;
  readonly intent: string;
}

const utterance = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  z.string(),
);

export const INTENT_FILE = z.strictObject({
  intent: z.string().min(1),
  description: z.string().optional(),
  borders: z.array(z.strictObject({ text: utterance, intent: z.string() })).optional(),
  own_words: z.array(utterance).optional(),
  utterances: z.array(utterance).min(1),
  heldout: z.array(utterance).optional(),
});

/** Reads every `*.yaml` of a folder; an error names the file and says what to change. */
export function loadIntents(folder: string): IntentData[] {
  const files = listIntentFiles(folder);
  const intents = files.map((file) => readIntent(join(folder, file)));
  const seen = new Map<string, string>();
  for (const [i, { intent }] of intents.entries()) {
    const other = seen.get(intent);
    if (other !== undefined) {
      throw new Error(
        `${join(folder, files[i] as string)}: the intent "${intent}" is already in ${other}. Join the two files or rename one intent.`,
      );
    }
    seen.set(intent, files[i] as string);
  }
  return intents;
}

/** The intent files of a folder, in the order in which they are read. */
export function listIntentFiles(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    throw new Error(
      `The intent folder ${folder} cannot be read. Give the path of a folder with one YAML file per intent.`,
      { cause },
    );
  }
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  if (files.length === 0)
    throw new Error(`The intent folder ${folder} holds no .yaml file. Put one file per intent there.`);
  return files;
}

function readIntent(file: string): IntentData {
  let content: unknown;
  try {
    content = load(readFileSync(file, 'utf8'));
  } catch (cause) {
    const where = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new Error(
      `${file} is not valid YAML: ${where} Quote an utterance that holds ": ", "#" or starts with a sign.`,
      { cause },
    );
  }
  const result = INTENT_FILE.safeParse(content);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') || 'the file';
  throw new Error(
    `${file}, ${where}: ${issue?.message ?? 'wrong form'}. A file needs "intent: name" and "utterances:" with a list of texts; ` +
      '"description", "borders" (text and intent), "own_words" and "heldout" may follow. Quote an utterance that holds ": ".',
  );
}
