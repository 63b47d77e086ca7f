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
  /** How often an agent has held a conversation with nothing to break it off; absent in lines from before agents came. */
  readonly holds?: number;
  readonly violations: readonly string[];
}

type Sum = Pick<ExploredSeeds, 'played' | 'faults' | 'unstruck'> & {
  readonly holds: number;
  readonly violations: number;
};

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
      (sum, { played, faults, unstruck, holds = 0, violations }) => ({
        played: sum.played + played,
        faults: sum.faults + faults,
        unstruck: sum.unstruck + unstruck,
        holds: sum.holds + holds,
        violations: sum.violations + violations.length,
      }),
      { played: 0, faults: 0, unstruck: 0, holds: 0, violations: 0 },
    );
}
