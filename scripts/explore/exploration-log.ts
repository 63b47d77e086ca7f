import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What some seeds have come to. */
export interface ExploredSeeds {
  readonly from: number;
  readonly to: number;
  readonly played: number;
  /** How often a server was killed, or another fault came to pass. */
  readonly faults: number;
  /** The seeds that were not met by any. */
  readonly unstruck: number;
  readonly violations: readonly string[];
}

type Sum = Pick<ExploredSeeds, 'played' | 'faults' | 'unstruck'> & { readonly violations: number };

/** A line of JSON for each of these, so that the runs of several days add up. */
export function keepExplored(file: string, explored: ExploredSeeds): void {
  appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...explored })}\n`);
}

/** What all runs that have written into the file have come to. */
export function sumExplored(file: string): Sum {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return lines
    .map((line) => JSON.parse(line) as ExploredSeeds)
    .reduce<Sum>(
      (sum, { played, faults, unstruck, violations }) => ({
        played: sum.played + played,
        faults: sum.faults + faults,
        unstruck: sum.unstruck + unstruck,
        violations: sum.violations + violations.length,
      }),
      { played: 0, faults: 0, unstruck: 0, violations: 0 },
    );
}
