import { z } from 'zod';
import type { IncidentFacts } from '../../bot/incidents/incident.ts';

const AREA_LENGTH = 300;
const WORDS_LENGTH = 200;
const MOST_NAMES = 200;

const words = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1).max(max));
const names = z.array(words(WORDS_LENGTH)).max(MOST_NAMES);

export interface FactsSchemaOptions {
  /** How the caller writes a time; UTC ms comes out. */
  readonly time: z.ZodType<number>;
  /** By its old or its new name. */
  readonly isOurProvince: (name: string) => boolean;
  readonly now: () => number;
}

/** Clocks of two systems are never quite the same. */
const CLOCKS_DIFFER_MS = 2 * 60_000;

/** What dispatchers and the outage system may say about an incident: never a suspicion, which reports alone make. */
export function factsSchema({ time, isOurProvince, now }: FactsSchemaOptions): z.ZodType<IncidentFacts> {
  const area = z
    .strictObject({
      text: words(AREA_LENGTH),
      unit: z
        .string()
        .regex(/^P[A-Z]\d{4}$/, 'is not the first six characters of a customer code, for example PB0601')
        .exactOptional(),
      province: words(WORDS_LENGTH).refine(isOurProvince, 'is no province that we serve'),
      district: words(WORDS_LENGTH).exactOptional(),
      communes: names.default([]),
      feeders: names.default([]),
    })
    .refine(
      ({ unit, district, communes, feeders }) =>
        unit !== undefined || district !== undefined || communes.length > 0 || feeders.length > 0,
      'names no unit, district, commune or feeder: nobody could be told of it',
    );
  return z
    .strictObject({
      state: z.enum(['suspected', 'ongoing', 'restored', 'cancelled', 'merged']),
      area,
      startedAt: time,
      restoredAt: time.exactOptional(),
      cause: words(WORDS_LENGTH).exactOptional(),
      expectedReturn: z.strictObject({ at: time, source: words(WORDS_LENGTH) }).exactOptional(),
      mergedInto: words(WORDS_LENGTH).exactOptional(),
    })
    .refine(({ state, restoredAt }) => (state === 'restored') === (restoredAt !== undefined), {
      path: ['restoredAt'],
      error: 'goes with the state restored, and with no other',
    })
    .refine(({ state, mergedInto }) => (state === 'merged') === (mergedInto !== undefined), {
      path: ['mergedInto'],
      error: 'goes with the state merged, and with no other',
    })
    .refine(({ restoredAt, startedAt }) => restoredAt === undefined || startedAt <= restoredAt, {
      path: ['restoredAt'],
      error: 'is before startedAt',
    })
    .refine(({ restoredAt }) => restoredAt === undefined || restoredAt <= now() + CLOCKS_DIFFER_MS, {
      path: ['restoredAt'],
      error: 'is in the future: say expectedReturn while the power is still off',
    })
    .refine(({ expectedReturn, startedAt }) => expectedReturn === undefined || startedAt < expectedReturn.at, {
      path: ['expectedReturn', 'at'],
      error: 'is not after startedAt',
    });
}
