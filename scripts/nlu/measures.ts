import { OUTSIDE_INTENT } from '../../src/nlu/decide.ts';
import type { Judged } from './judged.ts';

const BINS = 15;

/** Expected calibration error: how far confidence and share of right answers differ, over fifteen bins. */
export function calibrationError(all: readonly Judged[]): number {
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const own = all.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin);
    if (own.length === 0) continue;
    const right = own.filter(({ meant, best }) => meant === best).length / own.length;
    const sure = own.reduce((sum, { confidence }) => sum + confidence, 0) / own.length;
    error += (own.length / all.length) * Math.abs(right - sure);
  }
  return error;
}

/** The chance that a request of ours looks surer than one that is not, in percent. */
export function outsideAuroc(all: readonly Judged[]): number {
  const ours = all.filter(({ meant }) => meant !== OUTSIDE_INTENT).map((one) => one.ours);
  const others = all.filter(({ meant }) => meant === OUTSIDE_INTENT).map((one) => one.ours);
  let above = 0;
  for (const score of ours) for (const other of others) above += score > other ? 1 : score === other ? 0.5 : 0;
  return (100 * above) / Math.max(1, ours.length * others.length);
}

/** One line: how well requests of ours are told from others. */
export function outsideCurve(all: readonly Judged[]): string {
  const others = all.filter(({ meant }) => meant === OUTSIDE_INTENT);
  const accepted = others.filter(({ decision }) => decision === 'accept').length;
  const share = (100 * (others.length - accepted)) / Math.max(1, others.length);
  return `out of scope: AUROC ${outsideAuroc(all).toFixed(2)}, not accepted ${share.toFixed(1)} % of ${others.length}`;
}
