import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

const limit = z
  .strictObject({ most: z.number().int().min(1), within_seconds: z.number().int().min(1) })
  .transform(({ most, within_seconds }) => ({ points: most, durationS: within_seconds }));

const schema = z.strictObject({
  message: limit,
  look_up: limit,
  chart: limit,
  document: limit,
  sms: limit,
  ticket: limit,
  agent: limit,
});

/** By what is counted: how many one customer may have, within so many seconds. */
export type Limits = Readonly<z.infer<typeof schema>>;

const PATH = join(import.meta.dirname, '../../../data/limits/limits.yaml');

/** Reads `data/limits`. Throws with the file's name and what to mend. */
export function loadLimits(path: string = PATH): Limits {
  const result = schema.safeParse(load(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path}: ${z.prettifyError(result.error)}. Mend this file.`);
  }
  return result.data;
}
