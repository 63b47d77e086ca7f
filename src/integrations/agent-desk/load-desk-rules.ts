import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

const wrapUp = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: z.string().min(1),
  asks_rating: z.boolean().default(true),
  retired: z.boolean().default(false),
});

const wrapUps = z
  .array(wrapUp)
  .min(1)
  .refine((rows) => new Set(rows.map(({ code }) => code)).size === rows.length, 'has a code twice');

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not an hour HH:mm');
const opening = z.tuple([hour, hour]).refine(([from, to]) => from < to, 'ends before it begins');
const week = z.strictObject(
  Object.fromEntries(WEEK.map((day) => [day, z.array(opening)])) as Record<
    (typeof WEEK)[number],
    z.ZodArray<typeof opening>
  >,
);

const rules = z.strictObject({
  agent_cap: z.number().int().min(1).max(50),
  assignment: z.enum(['manual', 'automatic']),
  long_wait_minutes: z.number().int().positive(),
  alarm_to_leader_minutes: z.number().positive(),
  hours: week.refine((days) => Object.values(days).some((openings) => openings.length > 0), 'is never open'),
  promise_minutes: z.number().int().positive(),
  closed_days: z.array(z.iso.date('is not a day YYYY-MM-DD')),
});

/** One way in which a conversation may end. */
export type WrapUp = Readonly<z.infer<typeof wrapUp>>;

/** What the utility itself decides about the work at its desk. */
export interface DeskRules {
  readonly wrapUps: readonly WrapUp[];
  /** Codes of those after which the customer is not asked how it was. */
  readonly unratedWrapUps: readonly string[];
  /** The most conversations that one agent holds. */
  readonly agentCap: number;
  /** Whether agents take what waits, or the desk hands it out. */
  readonly assignment: 'manual' | 'automatic';
  readonly longWaitMs: number;
  /** After so long a danger is alarmed at the shift leaders' desks too, ms. */
  readonly alarmToLeaderMs: number;
  readonly hours: OpeningHours;
}

/** When agents are at the desk, in Asia/Ho_Chi_Minh. */
export interface OpeningHours {
  /** From Monday to Sunday: openings of the day, `[from, to]` as `HH:mm`. */
  readonly week: readonly (readonly (readonly [string, string])[])[];
  /** Days `YYYY-MM-DD` without any opening. */
  readonly closedDays: readonly string[];
  /** An answer is promised so long after the next opening, ms. */
  readonly promiseMs: number;
}

const MINUTE_MS = 60_000;

const DEFAULT_FOLDER = join(import.meta.dirname, '../../../data/desk');

/** Reads `data/desk`. Throws with the file's name and what to mend. */
export function loadDeskRules(folder: string = DEFAULT_FOLDER): DeskRules {
  const given = read(folder, 'rules.yaml', rules);
  const results = read(folder, 'wrap-up.yaml', wrapUps);
  return {
    wrapUps: results,
    unratedWrapUps: results.filter(({ asks_rating: asksRating }) => !asksRating).map(({ code }) => code),
    agentCap: given.agent_cap,
    assignment: given.assignment,
    longWaitMs: given.long_wait_minutes * MINUTE_MS,
    alarmToLeaderMs: given.alarm_to_leader_minutes * MINUTE_MS,
    hours: {
      week: WEEK.map((day) => given.hours[day]),
      closedDays: given.closed_days,
      promiseMs: given.promise_minutes * MINUTE_MS,
    },
  };
}

function read<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const path = join(folder, name);
  const result = schema.safeParse(load(readFileSync(path, 'utf8')));
  if (!result.success) {
    throw new Error(`${path}: ${z.prettifyError(result.error)}. Mend this file.`);
  }
  return result.data;
}
