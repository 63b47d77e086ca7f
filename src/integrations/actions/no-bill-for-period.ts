import type { Bill } from '../../bot/records.ts';
import type { ActionResult } from '../../dialogs/run-action.ts';
import { billProvenance } from './bill-card.ts';
import { monthWords, rangeWords } from './spoken-figures.ts';

/** There is no bill for the month or months asked about; the newest one is offered. */
export function noBillForPeriod(period: string, newest: Bill): ActionResult {
  return {
    outcome: 'no_bill_for_period',
    slots: { period_text: rangeWords(period, monthWords), newest_month: monthWords(newest.month) },
    provenance: [billProvenance(newest)],
  };
}
