/** What is known of an utterance when its likeliest intent is judged. */
export interface Heard {
  /** The intents' shares of the softmax. */
  readonly shares: readonly number[];
  /** The largest margin: unlike the shares it also tells when no intent fits. */
  readonly margin: number;
  /** How much of the utterance the learner has seen before. */
  readonly coverage: number;
  /** The share of its words that repair read as others. */
  readonly changed: number;
  /** Its words. */
  readonly length: number;
}

/** How far the top share can be believed: weights for the signs of `signsOf`, learned from utterances that were held out. */
export type Certainty = readonly number[];

/** One utterance that was understood without having been learned, and how much it counts. */
export interface Tried {
  readonly heard: Heard;
  readonly isRight: boolean;
  readonly weight: number;
}

const EDGE = 1e-6;
const MOST_ROUNDS = 25;
/** Steps this small change no confidence that anybody sees. */
const STANDSTILL = 1e-9;
const RIDGE = 1e-3;

const logit = (p: number): number => Math.log(Math.max(p, EDGE) / Math.max(1 - p, EDGE));

/** The intent with the largest share, and the largest share among the others. */
function topTwo(shares: readonly number[]): { best: number; first: number; second: number } {
  let best = 0;
  let second = 0;
  for (let k = 1; k < shares.length; k++) {
    const share = shares[k] as number;
    if (share > (shares[best] as number)) {
      second = shares[best] as number;
      best = k;
    } else if (share > second) second = share;
  }
  return { best, first: shares[best] as number, second };
}

function signsOf({ margin, coverage, changed, length }: Heard, first: number): number[] {
  return [1, logit(first), margin, coverage, changed, Math.log(1 + length)];
}

/** Learns the certainty by logistic regression (Newton's method). */
export function fitCertainty(tried: readonly Tried[]): Certainty {
  const rows = tried.map(({ heard, isRight, weight }) => ({
    x: signsOf(heard, topTwo(heard.shares).first),
    y: isRight ? 1 : 0,
    weight,
  }));
  let weights = [0, 1, 0, 0, 0, 0];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const gradient = weights.map((weight) => RIDGE * weight);
    const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? RIDGE : 0)));
    for (const { x, y, weight } of rows) {
      const p = sigmoid(dot(weights, x));
      const slope = weight * (p - y);
      const bend = weight * p * (1 - p);
      for (let i = 0; i < x.length; i++) {
        gradient[i] = (gradient[i] as number) + slope * (x[i] as number);
        const line = curvature[i] as number[];
        const own = bend * (x[i] as number);
        for (let j = 0; j < x.length; j++) line[j] = (line[j] as number) + own * (x[j] as number);
      }
    }
    const step = solve(curvature, gradient);
    weights = weights.map((weight, i) => weight - (step[i] as number));
    if (step.every((by) => Math.abs(by) < STANDSTILL)) break;
  }
  return weights;
}

/** The shares with the top one as certain as it turned out to be; the order stays. */
export function makeCertain(heard: Heard, certainty: Certainty): number[] {
  const { best, first, second } = topTwo(heard.shares);
  const rest = Math.max(1 - first, EDGE);
  // No surer than this and the second would overtake.
  const least = second / rest / (1 + second / rest);
  const top = Math.max(sigmoid(dot(certainty, signsOf(heard, first))), least);
  const believed = heard.shares.map((share) => (share / rest) * (1 - top));
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
