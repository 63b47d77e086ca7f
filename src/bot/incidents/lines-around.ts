import type { ProvinceNames } from './match-outage.ts';
import { groupKeysOf, linesOf } from './match-report.ts';
import type { OutageReports, ReportPlace } from './outage-report.ts';

export interface LinesAroundDeps {
  readonly reports: Pick<OutageReports, 'feedersAt'>;
  readonly provinceNames: ProvinceNames;
}

/** How many of those who have written from a place lately hang on each line, as far as that is known. */
export type LinesAround = ReadonlyMap<string, number>;

export const NO_LINES: LinesAround = new Map();
const LATELY_MS = 15 * 60_000;
/** The newest. */
const MOST_ASKED = 200;

/**
 * Of whom nothing but the commune is known may hang on any line that runs through it: his neighbours, whose contracts are
 * known, tell which is the likeliest.
 */
export async function linesAround(
  where: ReportPlace,
  at: number,
  { reports, provinceNames }: LinesAroundDeps,
): Promise<LinesAround> {
  const [key] = linesOf(where).length > 0 ? [] : groupKeysOf(where, provinceNames);
  return key === undefined ? NO_LINES : reports.feedersAt({ key, since: at - LATELY_MS, limit: MOST_ASKED });
}

export function countOn(lines: readonly string[], around: LinesAround): number {
  return lines.reduce((sum, line) => sum + (around.get(line) ?? 0), 0);
}

/** Of several that touch a place the one on the line of most neighbours there; the first, where they tell nothing. */
export async function likeliest<One>(
  among: readonly One[],
  linesOfOne: (one: One) => readonly string[],
  where: ReportPlace,
  at: number,
  deps: LinesAroundDeps,
): Promise<One | undefined> {
  const around = among.length > 1 ? await linesAround(where, at, deps) : NO_LINES;
  return among.toSorted((a, b) => countOn(linesOfOne(b), around) - countOn(linesOfOne(a), around))[0];
}
