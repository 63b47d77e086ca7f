import type { PlaceIndex } from '../place-index.ts';
import type { Entity, EntityType } from '../understanding.ts';
import { findKwh, findMeterIndexes, findMoney, findNumbers } from './amounts.ts';
import { findBillingPeriods } from './billing-period.ts';
import { findCustomerCodes } from './customer-code.ts';
import { findDates } from './date.ts';
import { findEmails } from './email.ts';
import type { Extractor, Reading } from './extractor.ts';
import { findOtps } from './otp.ts';
import { findPersonNames } from './person-name.ts';
import { findPhones } from './phone.ts';
import { createPlaceFinder } from './place.ts';
import { findReadingDifference } from './reading-difference.ts';
import { findTimes } from './time.ts';
import { findUnitCodes } from './unit-code.ts';

/** Who wins where two grammars claim the same words: codes contain runs of digits that look like phones. */
const RANK: readonly EntityType[] = [
  'email',
  'customer_code',
  'unit_code',
  'phone',
  'otp',
  'kwh',
  'meter_index',
  'money',
  'date',
  'billing_period',
  'time',
  'place',
  'person_name',
  'number',
];

/** The digits of these are no number, whatever was asked: "PB06010001234" to "how many kWh?". */
function isCertain({ type, problem }: Entity): boolean {
  return type === 'email' || (type === 'customer_code' && problem === undefined);
}

/** Makes the function that finds every entity of an utterance, without overlaps, in the order of the text. */
export function createEntityExtractor(places: PlaceIndex): (reading: Reading) => Entity[] {
  const extractors: readonly Extractor[] = [
    findEmails,
    findCustomerCodes,
    findUnitCodes,
    findPhones,
    findOtps,
    findDates,
    findBillingPeriods,
    findTimes,
    findReadingDifference,
    findKwh,
    findMoney,
    findMeterIndexes,
    findPersonNames,
    findNumbers,
    createPlaceFinder(places),
  ];
  return (reading) => {
    const found: Entity[] = [];
    for (const find of extractors) for (const entity of find(reading)) found.push(entity);
    if (found.length < 2) return found;
    const expects = reading.context.expects ?? [];
    const rank = (entity: Entity): number =>
      RANK.indexOf(entity.type) - (isCertain(entity) || expects.includes(entity.type) ? RANK.length : 0);
    const kept: Entity[] = [];
    for (const entity of found.sort((a, b) => rank(a) - rank(b) || b.end - b.start - (a.end - a.start))) {
      if (kept.every((other) => entity.end <= other.start || entity.start >= other.end)) kept.push(entity);
    }
    return kept.sort((a, b) => a.start - b.start);
  };
}
