import type { z } from 'zod';
import { StartError } from '../../start-error.ts';
import type { Environment } from './channel.ts';

/** Checks the settings of a channel. Throws a `StartError` that names every wrong one; never shows a value. */
export function readSettings<Schema extends z.ZodType>(schema: Schema, env: Environment): z.infer<Schema> {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new StartError(`Wrong setting in the environment: ${wrong}. See "Settings" in docs/operations.md.`);
  }
  return parsed.data;
}

/** Settings that are useless one without the others. `false`: none is set. Throws a `StartError` when some are missing. */
export function areAllSet(channel: string, names: readonly string[], env: Environment): boolean {
  const missing = names.filter((name) => env[name] === undefined);
  if (missing.length > 0 && missing.length < names.length) {
    throw new StartError(`${channel} needs ${missing.join(', ')} too, or none of ${names.join(', ')}.`);
  }
  return missing.length === 0;
}
