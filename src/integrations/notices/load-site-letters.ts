import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

const BLANKS = ['contact', 'account', 'count', 'when', 'earlier', 'area', 'reason', 'sites', 'gone'] as const;

/** What stands in the blanks. */
export type LetterValues = Readonly<Partial<Record<(typeof BLANKS)[number], string>>>;

const wordsWith = (...blanks: readonly string[]) =>
  z
    .string()
    .min(1)
    .transform((text) => text.normalize('NFC'))
    .refine((text) => blanksOf(text).every((blank) => blanks.includes(blank)), {
      error: `may name no other blanks than ${blanks.map((blank) => `<${blank}>`).join(', ') || 'none'}`,
    });
const letter = z.strictObject({ subject: wordsWith(...BLANKS), text: wordsWith(...BLANKS) });
const plain = wordsWith();

const schema = z.strictObject({
  verified_on: z.iso.date(),
  site: wordsWith('name', 'tail'),
  no_reason: plain,
  letters: z.strictObject({ new: letter, changed: letter, cancelled: letter, reminder: letter }),
  no_longer: wordsWith('gone'),
  confirm: z.strictObject({ text: plain, link: plain }),
  page: z.strictObject({
    title: plain,
    question: wordsWith('when', 'area', 'count', 'account'),
    button: plain,
    done: wordsWith('at', 'when', 'area', 'count', 'account'),
    newer: plain,
    gone: plain,
  }),
});

/** The words of `data/notices/letters.yaml`. */
export type SiteLetters = z.infer<typeof schema>;

const DEFAULT_PATH = join(import.meta.dirname, '../../../data/notices/letters.yaml');

/** Reads `data/notices/letters.yaml`. Throws with the file's name and what to mend. */
export function loadSiteLetters(path: string = DEFAULT_PATH): SiteLetters {
  const result = schema.safeParse(load(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path}: ${z.prettifyError(result.error)}. Mend this file.`);
  }
  return result.data;
}

/** The words with values in their blanks. */
export function filledIn(words: string, values: Readonly<Record<string, string | undefined>>): string {
  return words.replace(/<([a-z]+)>/g, (_, blank: string) => values[blank] ?? '');
}

function blanksOf(words: string): readonly string[] {
  return [...words.matchAll(/<([a-z]+)>/g)].map(([, blank = '']) => blank);
}
