import type { ActionResult } from '../../dialogs/run-action.ts';
import type { Tariffs } from '../../tariffs/tariff.ts';
import { dayWords } from './spoken-figures.ts';

/** The answer where no row of the tables covers a day: which figure is missing from when on. Nobody guesses it. */
export function notCovered(
  what: 'price' | 'vat' | 'hours',
  day: string,
  { verifiedOn }: Pick<Tariffs, 'verifiedOn'>,
): ActionResult {
  return {
    outcome: 'not_covered',
    slots: { uncovered_what: WORDS[what], uncovered_day: dayWords(day) },
    provenance: [{ record: 'tariff', id: `${what}/${day}`, version: 'none', asOf: verifiedOn }],
  };
}

const WORDS = { price: 'giá điện', vat: 'thuế suất thuế GTGT', hours: 'khung giờ cao điểm' } as const;
