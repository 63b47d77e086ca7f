import type { ContactRecords } from '../../bot/figures/contact-records.ts';
import {
  addContact,
  addTally,
  emptyTally,
  percentile,
  placeOf,
  type Tally,
  type TallyPlace,
} from '../../bot/figures/tally.ts';
import type { Clock } from '../../bot/ports.ts';
import { compareText } from '../compare-text.ts';
import { createKeptAnswers } from '../kept-answers.ts';
import { endOf, timeOf } from '../local-time.ts';
import type { FigureCounts, WaitFigures } from './desk-api/figures.ts';
import { FEWEST_WAITS } from './figure-words.ts';

export interface PlacedTally extends TallyPlace {
  readonly day: string;
  readonly tally: Tally;
}

/** The figures of whole days. */
export interface Figures {
  /** One tally for each channel and topic of each day, in the order of the days. */
  read(from: string, to: string): Promise<readonly PlacedTally[]>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Until then contacts go on, are rated, or are found to have been no help. */
const SETTLED_AFTER_MS = 3 * DAY_MS;
const KEPT_SETTLED_MS = 10 * 60_000;
const KEPT_MS = 10_000;
const MOST_KEPT = 200;

/** Counts days from their contacts, and remembers the counts for a while: those of the last days only some seconds. */
export function createFigures({
  contacts,
  clock,
}: {
  readonly contacts: ContactRecords;
  readonly clock: Clock;
}): Figures {
  const kept = createKeptAnswers<readonly PlacedTally[]>(clock, MOST_KEPT);

  async function count(day: string, now: number): Promise<readonly PlacedTally[]> {
    const byPlace = new Map<string, PlacedTally>();
    await contacts.eachOf(day, (contact) => {
      const place = placeOf(contact);
      const key = `${place.channel}/${place.topic}`;
      const placed = byPlace.get(key) ?? { ...place, day, tally: emptyTally() };
      byPlace.set(key, placed);
      addContact(placed.tally, contact, now);
    });
    return [...byPlace.values()].sort((a, b) => compareText(a.channel, b.channel) || compareText(a.topic, b.topic));
  }

  function ofDay(day: string): Promise<readonly PlacedTally[]> {
    const now = clock.now();
    const isSettled = now - endOf(day) > SETTLED_AFTER_MS;
    return kept.get(day, isSettled ? KEPT_SETTLED_MS : KEPT_MS, () => count(day, now));
  }

  return {
    async read(from, to) {
      const all: PlacedTally[] = [];
      for (const day of daysBetween(from, to)) {
        all.push(...(await ofDay(day)));
      }
      return all;
    },
  };
}

/** Both included. */
export function daysBetween(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let at = timeOf(from); at < endOf(to); at += DAY_MS) {
    days.push(new Date(at + 7 * HOUR_MS).toISOString().slice(0, 10));
  }
  return days;
}

export function sumOf(placed: readonly PlacedTally[]): FigureCounts {
  const sum = emptyTally();
  for (const { tally } of placed) {
    addTally(sum, tally);
  }
  const { waits, emergencyWaits, ...counts } = sum;
  return { ...counts, waits: waitFigures(waits), emergencyWaits: waitFigures(emergencyWaits) };
}

function waitFigures(waits: readonly number[]): WaitFigures {
  const [p50, p90] = [percentile(waits, 0.5), percentile(waits, 0.9)];
  return {
    count: waits.length,
    ...(waits.length >= FEWEST_WAITS && p50 !== undefined && p90 !== undefined && { p50, p90 }),
  };
}
