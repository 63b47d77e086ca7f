import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import type { Reply, TemplateUse } from '../../dialogs/reply.ts';
import { endOfQuiet, quietHoursSchema } from './quiet-hours.ts';

const DEFAULT_FILE = join(import.meta.dirname, '../../../data/notices/templates.yaml');

const text = z.string().min(1);
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'is not a day YYYY-MM-DD');
const name = z.string().regex(/^[a-z][a-z_]*$/, 'is not a name like ticket_state');

const parameter = z.strictObject({
  name,
  longest: z.number().int().positive(),
  isNumber: z.boolean().default(false),
  words: z.record(z.string(), text).default({}),
});

const template = z
  .strictObject({
    name,
    tag: z.enum(['transaction', 'customer_care', 'promotion']),
    text: text.transform((words) => words.normalize('NFC')),
    parameters: z.array(parameter),
    source: text,
  })
  .refine(({ text: words, parameters }) => sameNames(blanksOf(words), parameters), {
    message: 'names other blanks in its text than in its parameters',
  });

export const TEMPLATES_FILE = z.strictObject({
  verified_on: day,
  quiet_hours: quietHoursSchema.extend({ source: text }),
  templates: z.array(template).min(1),
});

type NoticeTemplate = z.infer<typeof template>;

/** Why a template cannot be used as asked: a fault of ours. */
export type TemplateFault = 'unknown' | 'missing_value' | 'too_long' | 'not_a_number' | 'unknown_value';

export interface FilledTemplate {
  readonly text: string;
  /** Values as they may be sent: in NFC, and none too long. */
  readonly values: Readonly<Record<string, string>>;
}

/** The notices of `data/notices/templates.yaml`. */
export interface NoticeTemplates {
  readonly names: readonly string[];
  /** The words of a template with its values in the blanks, or why they do not fit. */
  fill(use: TemplateUse): FilledTemplate | { readonly fault: TemplateFault };
  /** A reply that says it: as the template where a channel wants that, in its own words elsewhere. Throws on a fault. */
  reply(use: TemplateUse): Extract<Reply, { kind: 'text' }>;
  /** When the hours end in which channels may take no notices, UTC ms; `undefined`: it is not one of them. */
  quietUntil(now: number): number | undefined;
}

/** Reads the notices. Throws with the file's name when something is wrong in it. */
export function loadNoticeTemplates(path: string = DEFAULT_FILE): NoticeTemplates {
  const read = TEMPLATES_FILE.safeParse(load(readFileSync(path, 'utf8')));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(`${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}. Mend this file.`);
  }
  const { templates, quiet_hours: quiet } = read.data;
  const byName = new Map(templates.map((one) => [one.name, one]));

  function fill({ name: wanted, values }: TemplateUse): FilledTemplate | { readonly fault: TemplateFault } {
    const found = byName.get(wanted);
    return found === undefined ? { fault: 'unknown' } : fillBlanks(found, values);
  }

  return {
    names: [...byName.keys()],
    fill,
    reply(use) {
      const filled = fill(use);
      if ('fault' in filled) {
        throw new Error(`The notice "${use.name}" does not fit its template (${filled.fault}): see ${path}.`);
      }
      return { kind: 'text', text: filled.text, template: { name: use.name, values: filled.values } };
    },
    quietUntil: (now) => endOfQuiet(quiet, now),
  };
}

function fillBlanks(
  { text: words, parameters }: NoticeTemplate,
  given: TemplateUse['values'],
): FilledTemplate | { readonly fault: TemplateFault } {
  if (Object.keys(given).some((key) => parameters.every((one) => one.name !== key))) {
    return { fault: 'unknown_value' };
  }
  const values: Record<string, string> = {};
  for (const { name: blank, longest, isNumber, words: spoken } of parameters) {
    const asked = given[blank] ?? '';
    const value = (spoken[asked] ?? asked).normalize('NFC').replace(/\s+/gu, ' ').trim();
    if (value === '') {
      return { fault: 'missing_value' };
    }
    if (isNumber && !/^\d+$/.test(value)) {
      return { fault: 'not_a_number' };
    }
    if (isNumber && value.length > longest) {
      return { fault: 'too_long' };
    }
    values[blank] = shortened(value, longest);
  }
  return { values, text: words.replace(/<([a-z_]+)>/g, (_, blank: string) => values[blank] ?? '') };
}

function shortened(value: string, longest: number): string {
  const letters = [...value];
  const kept = letters.slice(0, longest - 1).join('');
  return letters.length <= longest ? value : `${kept.trimEnd()}…`;
}

function blanksOf(words: string): readonly string[] {
  return [...words.matchAll(/<([a-z_]+)>/g)].map(([, blank = '']) => blank);
}

function sameNames(blanks: readonly string[], parameters: readonly { readonly name: string }[]): boolean {
  const names = parameters.map((one) => one.name);
  return new Set(names).size === names.length && [...new Set(blanks)].sort().join() === [...names].sort().join();
}
