import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const wrapUp = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: z.string().min(1),
  retired: z.boolean().default(false),
});

const wrapUps = z
  .array(wrapUp)
  .min(1)
  .refine((rows) => new Set(rows.map(({ code }) => code)).size === rows.length, 'has a code twice');

/** One way in which a conversation may end. */
export type WrapUp = Readonly<z.infer<typeof wrapUp>>;

/** What the utility itself decides about the work at its desk. */
export interface DeskRules {
  readonly wrapUps: readonly WrapUp[];
}

const DEFAULT_FOLDER = join(import.meta.dirname, '../../../data/desk');

/** Reads `data/desk`. Throws with the file's name and what to mend. */
export function loadDeskRules(folder: string = DEFAULT_FOLDER): DeskRules {
  return { wrapUps: read(folder, 'wrap-up.yaml', wrapUps) };
}

function read<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const path = join(folder, name);
  const result = schema.safeParse(parse(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path}: ${z.prettifyError(result.error)}. Mend this file.`);
  }
  return result.data;
}
