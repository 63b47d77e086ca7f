import { createRandom } from './hash.ts';

/** Training examples as sparse rows: example i has the features `index[start[i]]…index[start[i+1]-1]`. */
export interface Examples {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float32Array;
  /** The class of each example. */
  readonly label: Int32Array;
  readonly features: number;
  readonly classes: number;
}

export interface SvmOptions {
  readonly cost: number;
  readonly seed: number;
  /** Examples that take part; all when absent. */
  readonly rows?: Int32Array;
  readonly tolerance?: number;
}

const MOST_PASSES = 40;

/**
 * One-vs-rest linear support vector machines with squared hinge loss, by dual coordinate descent with shrinking
 * (Hsieh et al. 2008). Returns weights by feature, then class.
 */
export function trainSvm(examples: Examples, options: SvmOptions): Float32Array {
  const rows = options.rows ?? Int32Array.from(examples.label.keys());
  const squares = new Float64Array(rows.length);
  const counts = new Int32Array(examples.classes);
  rows.forEach((row, i) => {
    let sum = 0;
    for (let p = examples.start[row] as number; p < (examples.start[row + 1] as number); p++)
      sum += (examples.value[p] as number) ** 2;
    squares[i] = sum;
    const label = examples.label[row] as number;
    counts[label] = (counts[label] as number) + 1;
  });
  const all = new Float32Array(examples.features * examples.classes);
  const weights = new Float64Array(examples.features);
  for (let k = 0; k < examples.classes; k++) {
    const positives = counts[k] as number;
    if (positives === 0) continue;
    weights.fill(0);
    // Rare classes weigh more, or nothing would be gained by finding them.
    const extra = Math.max(1, Math.sqrt(rows.length / positives) / 4);
    solveOne(
      examples,
      rows,
      squares,
      k,
      options.cost,
      extra,
      weights,
      options.tolerance ?? 0.05,
      createRandom(options.seed + k),
    );
    for (let f = 0; f < examples.features; f++) all[f * examples.classes + k] = weights[f] as number;
  }
  return all;
}

function solveOne(
  examples: Examples,
  rows: Int32Array,
  squares: Float64Array,
  target: number,
  cost: number,
  extra: number,
  weights: Float64Array,
  tolerance: number,
  random: () => number,
): void {
  const { start, index, value, label } = examples;
  const n = rows.length;
  const alpha = new Float64Array(n);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let active = n;
  let upperOld = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let upper = Number.NEGATIVE_INFINITY;
    let lower = Number.POSITIVE_INFINITY;
    shuffle(order, active, random);
    for (let s = 0; s < active; s++) {
      const i = order[s] as number;
      const row = rows[i] as number;
      const y = label[row] === target ? 1 : -1;
      const diagonal = 0.5 / (y > 0 ? cost * extra : cost);
      const from = start[row] as number;
      const to = start[row + 1] as number;
      let dot = 0;
      for (let p = from; p < to; p++) dot += (weights[index[p] as number] as number) * (value[p] as number);
      const old = alpha[i] as number;
      const gradient = y * dot - 1 + old * diagonal;
      let projected = gradient;
      if (old === 0) {
        if (gradient > upperOld) {
          active--;
          order[s] = order[active] as number;
          order[active] = i;
          s--;
          continue;
        }
        projected = Math.min(gradient, 0);
      }
      upper = Math.max(upper, projected);
      lower = Math.min(lower, projected);
      if (Math.abs(projected) < 1e-12) continue;
      const next = Math.max(old - gradient / ((squares[i] as number) + diagonal), 0);
      alpha[i] = next;
      const step = (next - old) * y;
      for (let p = from; p < to; p++) {
        const f = index[p] as number;
        weights[f] = (weights[f] as number) + step * (value[p] as number);
      }
    }
    if (upper - lower <= tolerance) {
      if (active === n) return;
      active = n;
      upperOld = Number.POSITIVE_INFINITY;
      continue;
    }
    upperOld = upper <= 0 ? Number.POSITIVE_INFINITY : upper;
  }
}

function shuffle(order: Int32Array, length: number, random: () => number): void {
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swapped = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swapped;
  }
}
