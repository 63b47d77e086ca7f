import { createRandom } from './hash.ts';

/** Training examples as sparse rows: example i has the features `index[start[i]]…index[start[i+1]-1]`. */
export interface Examples {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float32Array;
  /** By feature, what its values were multiplied by. */
  readonly scale: Float32Array;
  /** The class of each example. */
  readonly label: Int32Array;
  /** The sum of all feature values of each example without scales, those that are not learned included. */
  readonly total: Float64Array;
  readonly features: number;
  readonly classes: number;
}

export interface SvmOptions {
  readonly cost: number;
  readonly seed: number;
  /** Examples that take part; all when absent. */
  readonly rows?: Int32Array;
  /** The classes from the first up to, not including, the second; all when absent. */
  readonly classes?: readonly [number, number];
  readonly tolerance?: number;
  /** Without a last look at all examples: faster, and near enough for measuring. */
  readonly isExact?: boolean;
}

const MOST_PASSES = 40;
/** Looser than usual: stricter ones change no decision on held-out data and take twice the time. */
const DEFAULT_TOLERANCE = 0.3;

/** Takes the finished weights of one class; the array is used again for the next. */
export type TakeClass = (target: number, weights: Float32Array) => void;

/**
 * One-vs-rest linear support vector machines with squared hinge loss, by dual coordinate descent with shrinking
 * (Hsieh et al. 2008). Hands out the weights class by class.
 */
export function trainSvm(examples: Examples, options: SvmOptions, take: TakeClass): void {
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
  const weights = new Float32Array(examples.features);
  const tolerance = options.tolerance ?? DEFAULT_TOLERANCE;
  const [from, to] = options.classes ?? [0, examples.classes];
  for (let k = from; k < to; k++) {
    const positives = counts[k] as number;
    weights.fill(0);
    if (positives > 0) {
      // Rare classes weigh more, or nothing would be gained by finding them.
      const extra = Math.max(1, Math.sqrt(rows.length / positives) / 4);
      const problem: Problem = {
        examples,
        rows,
        squares,
        target: k,
        cost: options.cost,
        extra,
        tolerance,
        isExact: options.isExact ?? true,
      };
      solveOne(problem, weights, createRandom(options.seed + k));
    }
    take(k, weights);
  }
}

interface Problem {
  readonly examples: Examples;
  readonly rows: Int32Array;
  readonly squares: Float64Array;
  readonly target: number;
  readonly cost: number;
  readonly extra: number;
  readonly tolerance: number;
  readonly isExact: boolean;
}

/** Solves one class against the rest; leaves the solution in `weights`. */
function solveOne(problem: Problem, weights: Float32Array, random: () => number): void {
  const n = problem.rows.length;
  const state: Descent = { alpha: new Float64Array(n), order: Int32Array.from({ length: n }, (_, i) => i), active: n };
  let isChecked = false;
  let setAsideAbove = 0;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    shuffle(state.order, state.active, random);
    const { upper, lower } = descend(problem, state, weights, setAsideAbove);
    setAsideAbove = Math.max(upper, 0);
    if (upper - lower > problem.tolerance) continue;
    if (isChecked || !problem.isExact) return;
    // What was set aside is looked at once more, since the weights have moved on.
    isChecked = true;
    state.active = n;
    setAsideAbove = 0;
  }
}

interface Descent {
  readonly alpha: Float64Array;
  /** Examples in the order of the pass; those from `active` on are set aside. */
  readonly order: Int32Array;
  active: number;
}

/** One pass over the active examples; returns the largest and least projected gradient. */
function descend(
  problem: Problem,
  state: Descent,
  weights: Float32Array,
  setAsideAbove: number,
): { upper: number; lower: number } {
  const { examples, rows, squares, target, cost, extra } = problem;
  const { start, index, value, label } = examples;
  const { alpha, order } = state;
  let upper = Number.NEGATIVE_INFINITY;
  let lower = Number.POSITIVE_INFINITY;
  for (let s = 0; s < state.active; s++) {
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
    if (old === 0 && gradient > setAsideAbove) {
      // Rightly classed with room to spare: the last active example takes its place.
      state.active--;
      order[s] = order[state.active] as number;
      order[state.active] = i;
      s--;
      continue;
    }
    const projected = old === 0 ? Math.min(gradient, 0) : gradient;
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
  return { upper, lower };
}

function shuffle(order: Int32Array, length: number, random: () => number): void {
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swapped = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swapped;
  }
}
