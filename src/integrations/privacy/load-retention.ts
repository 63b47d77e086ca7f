import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

const text = z.string().min(1);
const day = z.iso.date('is not a day YYYY-MM-DD');

const dataClass = z.strictObject({
  id: z.string().regex(/^[a-z][a-z_]*$/),
  name: text,
  holds: text,
  keep: z.union([z.strictObject({ days: z.number().int().positive() }), z.strictObject({ until: text })]),
  at_end: z.enum(['redact', 'delete', 'keep']),
  /** Who sees to it: the hourly job, the expiry of each row, the operator. */
  job: z.enum(['retention', 'expiry', 'operator']).exactOptional(),
  why: text,
  /** A key of `sources`. */
  basis: text,
  /** Tables and collections. */
  stores: z.array(text),
  /** Files and folders. */
  places: z.array(text).default([]),
});

const file = z
  .strictObject({
    verified_on: day,
    confirmed: z.boolean(),
    sources: z.record(text, text),
    classes: z.array(dataClass).min(1),
  })
  .refine(({ classes, sources }) => classes.every(({ basis }) => sources[basis] !== undefined), 'names no such source')
  .refine(
    ({ classes }) => classes.every(({ job, keep }) => (job === undefined) === !('days' in keep)),
    'has a class with days and nobody who sees to them, or the other way round',
  );

/** A kind of data, how long it is kept, and why. */
export type DataClass = Readonly<z.infer<typeof dataClass>>;

/** What is kept for how long: data of the utility, not of the code. */
export interface Retention {
  readonly verifiedOn: string;
  /** Whether the utility's legal department has confirmed the days. */
  readonly isConfirmed: boolean;
  readonly classes: readonly DataClass[];
  /** Title of the law or rule behind a class. */
  basisOf(dataClass: DataClass): string;
  /** How long a class is kept, ms. Throws when it has no days. */
  keptMs(id: string): number;
}

const DAY_MS = 86_400_000;
const DEFAULT_FILE = join(import.meta.dirname, '../../../data/privacy/retention.yaml');

/** Reads `data/privacy/retention.yaml`. Throws with the file's name and what to mend. */
export function loadRetention(path: string = DEFAULT_FILE): Retention {
  const result = file.safeParse(load(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path}: ${z.prettifyError(result.error)}. Mend this file.`);
  }
  const { classes, sources, verified_on: verifiedOn, confirmed: isConfirmed } = result.data;
  return {
    ...{ verifiedOn, isConfirmed, classes },
    basisOf: ({ basis }) => sources[basis] ?? basis,
    keptMs(id) {
      const keep = classes.find((one) => one.id === id)?.keep;
      if (keep === undefined || !('days' in keep)) {
        throw new Error(`${path}: the class ${id} must say \`keep: { days: … }\`.`);
      }
      return keep.days * DAY_MS;
    },
  };
}
