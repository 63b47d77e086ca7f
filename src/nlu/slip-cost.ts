import { KEY_ROWS } from './keyboard.ts';

/** What one slip of the finger costs, in nats. */
const SLIP = 4.2;
/** A key in place of its neighbour is likelier than any other. */
const NEIGHBOUR = 3.8;
const FAR_KEY = 5.5;
const SWAP = 3.5;
/** People look at the first letter. */
const FIRST_LETTER = 1;

const LONGEST = 12;
const NEIGHBOURS = neighboursOf(KEY_ROWS);

/** Rows of the distance table, made once: a slip is weighed thousands of times a second. */
const table = Array.from({ length: LONGEST + 2 }, () => new Float64Array(LONGEST + 2));

/**
 * How unlikely it is that `meant` was written as `written`, in nats: letters left out, added, mistaken or swapped.
 * Infinite for words of more than twelve letters.
 */
export function slipCost(written: string, meant: string): number {
  const n = written.length;
  const m = meant.length;
  if (n > LONGEST || m > LONGEST) return Number.POSITIVE_INFINITY;
  const row0 = table[0] as Float64Array;
  row0[0] = 0;
  for (let j = 1; j <= m; j++) row0[j] = (row0[j - 1] as number) + SLIP;
  for (let i = 1; i <= n; i++) {
    const row = table[i] as Float64Array;
    const above = table[i - 1] as Float64Array;
    row[0] = (above[0] as number) + SLIP;
    const a = written.charCodeAt(i - 1);
    for (let j = 1; j <= m; j++) {
      const b = meant.charCodeAt(j - 1);
      const mistaken = (above[j - 1] as number) + (a === b ? 0 : keyCost(a, b));
      let least = Math.min(mistaken, (above[j] as number) + SLIP, (row[j - 1] as number) + SLIP);
      if (i > 1 && j > 1 && a === meant.charCodeAt(j - 2) && written.charCodeAt(i - 2) === b && a !== b)
        least = Math.min(least, ((table[i - 2] as Float64Array)[j - 2] as number) + SWAP);
      row[j] = least;
    }
  }
  const cost = (table[n] as Float64Array)[m] as number;
  return written.charCodeAt(0) === meant.charCodeAt(0) ? cost : cost + FIRST_LETTER;
}

function keyCost(a: number, b: number): number {
  return NEIGHBOURS.has(a * 128 + b) ? NEIGHBOUR : FAR_KEY;
}

function neighboursOf(rows: readonly string[]): ReadonlySet<number> {
  const pairs = new Set<number>();
  rows.forEach((keys, row) => {
    for (let at = 0; at < keys.length; at++) {
      for (const near of [
        keys[at - 1],
        keys[at + 1],
        rows[row - 1]?.[at],
        rows[row + 1]?.[at],
        rows[row + 1]?.[at - 1],
      ])
        if (near !== undefined) {
          pairs.add(keys.charCodeAt(at) * 128 + near.charCodeAt(0));
          pairs.add(near.charCodeAt(0) * 128 + keys.charCodeAt(at));
        }
    }
  });
  return pairs;
}
