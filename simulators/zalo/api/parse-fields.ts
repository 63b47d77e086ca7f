import type { z } from 'zod';
import { oaRefusal, type Refusal } from './refusal.ts';

/** Parses against a schema; the first thing wrong becomes -201 with the name of its field. */
export function parseFields<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  within = '',
  refuse: (field: string) => Refusal = (field) => oaRefusal(-201, field),
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const path = parsed.error.issues[0]?.path.map(String) ?? [];
  throw refuse([within, ...path].filter((part) => part !== '').join('.'));
}
