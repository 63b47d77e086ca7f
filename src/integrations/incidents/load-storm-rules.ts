import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import type { StormRules } from '../../bot/incidents/storm-rules.ts';

const count = z.number().int().positive();
const file = z.strictObject({
  group_size: z.number().int().min(2),
  group_minutes: count,
  on_reports: count,
  on_minutes: count,
  off_reports: count,
  off_minutes: count,
  hand_minutes: count,
});

const MINUTE_MS = 60_000;
const DEFAULT_FILE = join(import.meta.dirname, '../../../data/desk/storm.yaml');

/** Reads `data/desk/storm.yaml`. Throws with the file's name and what to mend. */
export function loadStormRules(path: string = DEFAULT_FILE): StormRules {
  const result = file.safeParse(load(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path}: ${z.prettifyError(result.error)}. Mend this file.`);
  }
  const given = result.data;
  return {
    groupSize: given.group_size,
    groupMs: given.group_minutes * MINUTE_MS,
    onReports: given.on_reports,
    onMs: given.on_minutes * MINUTE_MS,
    offReports: given.off_reports,
    offMs: given.off_minutes * MINUTE_MS,
    handMs: given.hand_minutes * MINUTE_MS,
  };
}
