import { load } from 'js-yaml';
import { z } from 'zod';

export const SHARED_CHOICE = z.strictObject({
  label: z.string().min(1),
  words: z.array(z.string().min(1)).min(1),
  sets: z.record(z.string(), z.string()).default({}),
});

export type SharedChoice = z.infer<typeof SHARED_CHOICE>;

/** By the name that `same_as` says. */
export type SharedChoices = Readonly<Record<string, SharedChoice>>;

/** Reads choices that several dialogs offer in the same words; throws with what is wrong in the file. */
export function readSharedChoices(file: string, text: string): SharedChoices {
  const parsed = z.record(z.string(), SHARED_CHOICE).safeParse(load(text));
  if (!parsed.success) {
    throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

interface RawChoice {
  readonly same_as?: string | undefined;
  readonly label?: string | undefined;
  readonly key?: string | undefined;
  readonly words?: readonly string[] | undefined;
  readonly sets?: Readonly<Record<string, string>> | undefined;
}

/** A choice with what it shares: its own label, key and values go before, its words beside. */
export function withShared<Raw extends RawChoice>(raw: Raw, shared: SharedChoices): Raw {
  const { same_as: name = '', ...own } = raw;
  const same = shared[name];
  if (same === undefined) {
    return raw;
  }
  const words = [...same.words, ...(raw.words ?? [])];
  return { key: name, ...raw, ...own, label: raw.label ?? same.label, words, sets: { ...same.sets, ...raw.sets } };
}
