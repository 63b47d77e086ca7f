/**
 * Rows of weights, half a byte each, with a last byte for what one step of the row is worth. Coarser than one would
 * think possible, and no worse: hundreds of rows are added for an utterance, and their rounding evens out.
 */

/** Weights are rounded to so many steps on either side of nothing, which itself is stored as `NOTHING`. */
const STEPS = 7;
const NOTHING = 8;
/** Steps differ by five in a hundred, from this largest one down. */
const LARGEST_STEP = 16;
const STEP_RATIO = 20;
const LAST_CODE = 255;

const STEP_OF = Float64Array.from(
  { length: LAST_CODE + 1 },
  (_, code) => LARGEST_STEP * Math.exp((code - LAST_CODE) / STEP_RATIO),
);

/** How many bytes a row has. */
export function rowLength(classes: number): number {
  return Math.ceil(classes / 2) + 1;
}

/** Packs the weights of each feature (by class, then feature) into rows, one after another. */
export function packRows(byClass: readonly Float32Array[], features: number): Uint8Array {
  const length = rowLength(byClass.length);
  const rows = new Uint8Array(features * length);
  const largest = new Float64Array(features);
  for (const weights of byClass) {
    for (let feature = 0; feature < features; feature++)
      largest[feature] = Math.max(largest[feature] as number, Math.abs(weights[feature] as number));
  }
  for (let feature = 0; feature < features; feature++)
    rows[(feature + 1) * length - 1] = codeOf((largest[feature] as number) / STEPS);
  byClass.forEach((weights, k) => {
    for (let feature = 0; feature < features; feature++) {
      const step = stepOf(rows, feature * length, length);
      const steps = Math.max(-STEPS, Math.min(STEPS, Math.round((weights[feature] as number) / step)));
      const byte = feature * length + (k >> 1);
      rows[byte] = (rows[byte] as number) | ((steps + NOTHING) << (4 * (k & 1)));
    }
  });
  return rows;
}

/** What one step of the row that begins at `at` is worth. */
export function stepOf(rows: Uint8Array, at: number, length: number): number {
  return STEP_OF[rows[at + length - 1] as number] as number;
}

function codeOf(step: number): number {
  if (step <= 0) return 0;
  return Math.max(0, Math.min(LAST_CODE, Math.ceil(LAST_CODE + STEP_RATIO * Math.log(step / LARGEST_STEP))));
}

/**
 * Both halves of a byte side by side in one number, so that one multiplication and one sum do for two classes: a sum
 * of `MOST_ROWS` halves times whole factors of up to `LARGEST_FACTOR` stays below `LANE`.
 */
const LANE = 2 ** 26;
const LARGEST_FACTOR = 4095;
const MOST_ROWS = 1024;
const HALVES = Float64Array.from({ length: 256 }, (_, byte) => (byte & 15) + (byte >> 4) * LANE);

/** Adds to `sums`, by class, the rows that begin at `starts`, each times its factor (none is negative). */
export function addRows(
  sums: number[],
  rows: Uint8Array,
  starts: Int32Array,
  factors: Float64Array,
  count: number,
): void {
  for (let from = 0; from < count; from += MOST_ROWS)
    addSome(sums, rows, starts, factors, from, Math.min(count, from + MOST_ROWS));
}

const whole = new Float64Array(MOST_ROWS);

function addSome(
  sums: number[],
  rows: Uint8Array,
  starts: Int32Array,
  factors: Float64Array,
  from: number,
  to: number,
): void {
  let most = 0;
  for (let i = from; i < to; i++) if ((factors[i] as number) > most) most = factors[i] as number;
  const unit = most / LARGEST_FACTOR;
  let total = 0;
  for (let i = from; i < to; i++) {
    const factor = ((factors[i] as number) / unit + 0.5) | 0;
    whole[i - from] = factor;
    total += factor;
  }
  const nothing = NOTHING * total;
  const put = (sum: number, k: number): void => {
    const high = Math.floor(sum / LANE);
    if (k < sums.length) sums[k] = (sums[k] as number) + unit * (sum - high * LANE - nothing);
    if (k + 1 < sums.length) sums[k + 1] = (sums[k + 1] as number) + unit * (high - nothing);
  };
  // Sums in variables are three times as fast as sums in an array; the last ones may read past the row, for nobody.
  for (let byte = 0; 2 * byte < sums.length; byte += 6) {
    let [a, b, c, d, e, f] = [0, 0, 0, 0, 0, 0];
    for (let i = from; i < to; i++) {
      const at = (starts[i] as number) + byte;
      const factor = whole[i - from] as number;
      a += factor * (HALVES[rows[at] as number] as number);
      b += factor * (HALVES[rows[at + 1] as number] as number);
      c += factor * (HALVES[rows[at + 2] as number] as number);
      d += factor * (HALVES[rows[at + 3] as number] as number);
      e += factor * (HALVES[rows[at + 4] as number] as number);
      f += factor * (HALVES[rows[at + 5] as number] as number);
    }
    put(a, 2 * byte);
    put(b, 2 * byte + 2);
    put(c, 2 * byte + 4);
    put(d, 2 * byte + 6);
    put(e, 2 * byte + 8);
    put(f, 2 * byte + 10);
  }
}
