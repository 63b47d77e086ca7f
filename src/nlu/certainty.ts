/** How far the top share of the softmax can be believed, learned from utterances that were held out. */
export interface Certainty {
  readonly bias: number;
  /** For the log-odds of the top share. */
  readonly slope: number;
  /** For the share of the utterance that was seen before. */
  readonly coverage: number;
  /** For the lead over the next, in log-odds. */
  readonly lead: number;
}

/** One utterance that was understood without having been learned. */
export interface Tried {
  readonly probabilities: readonly number[];
  readonly coverage: number;
  readonly isRight: boolean;
}

const EDGE = 1e-6;
const ROUNDS = 25;
const RIDGE = 1e-3;

const logit = (p: number): number => Math.log(Math.max(p, EDGE) / Math.max(1 - p, EDGE));

/** The intent with the largest share, and the largest share among the others. */
function topTwo(probabilities: readonly number[]): { best: number; first: number; second: number } {
  let best = 0;
  let second = 0;
  for (let k = 1; k < probabilities.length; k++) {
    const share = probabilities[k] as number;
    if (share > (probabilities[best] as number)) {
      second = probabilities[best] as number;
      best = k;
    } else if (share > second) second = share;
  }
  return { best, first: probabilities[best] as number, second };
}

function signsOf(probabilities: readonly number[], coverage: number): number[] {
  const { first, second } = topTwo(probabilities);
  return [1, logit(first), coverage, Math.log((first + EDGE) / (second + EDGE))];
}

/** Learns the certainty by logistic regression (Newton's method). */
export function fitCertainty(tried: readonly Tried[]): Certainty {
  const rows = tried.map(({ probabilities, coverage, isRight }) => ({
    x: signsOf(probabilities, coverage),
    y: isRight ? 1 : 0,
  }));
  let weights = [0, 1, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = weights.map((weight) => RIDGE * weight);
    const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? RIDGE : 0)));
    for (const { x, y } of rows) {
      const p = sigmoid(dot(weights, x));
      for (let i = 0; i < x.length; i++) {
        gradient[i] = (gradient[i] as number) + (p - y) * (x[i] as number);
        const line = curvature[i] as number[];
        for (let j = 0; j < x.length; j++)
          line[j] = (line[j] as number) + p * (1 - p) * (x[i] as number) * (x[j] as number);
      }
    }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, i) => weight - (step[i] as number));
  }
  const [bias = 0, slope = 1, coverage = 0, lead = 0] = weights;
  return { bias, slope, coverage, lead };
}

/** The shares with the top one as certain as it turned out to be; the order stays. */
export function makeCertain(probabilities: readonly number[], coverage: number, certainty: Certainty): number[] {
  const { best, first, second } = topTwo(probabilities);
  const [, odds = 0, seen = 0, ahead = 0] = signsOf(probabilities, coverage);
  const z = certainty.bias + certainty.slope * odds + certainty.coverage * seen + certainty.lead * ahead;
  const rest = Math.max(1 - first, EDGE);
  // No surer than this and the second would overtake.
  const least = second / rest / (1 + second / rest);
  const top = Math.max(sigmoid(z), least);
  const believed = probabilities.map((share) => (share / rest) * (1 - top));
  believed[best] = top;
  return believed;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Solves a small positive system by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const a = matrix.map((line, i) => [...line, right[i] as number]);
  const n = right.length;
  for (let i = 0; i < n; i++) {
    const pivot = a[i] as number[];
    for (let j = i + 1; j < n; j++) {
      const line = a[j] as number[];
      const factor = (line[i] as number) / (pivot[i] as number);
      for (let k = i; k <= n; k++) line[k] = (line[k] as number) - factor * (pivot[k] as number);
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    const line = a[i] as number[];
    let sum = line[n] as number;
    for (let k = i + 1; k < n; k++) sum -= (line[k] as number) * (x[k] as number);
    x[i] = sum / (line[i] as number);
  }
  return x;
}
