import { type Certainty, type Heard, makeCertain, type Tried } from './certainty.ts';
import type { FoldMargins } from './cross-validate.ts';
import { belonging, softmax } from './score-intents.ts';

/** The temperature at which held-out probabilities are most believable (least log loss). */
export function fitTemperature(held: FoldMargins): number {
  const loss = (logT: number): number => {
    const temperature = Math.exp(logT);
    let sum = 0;
    for (let i = 0; i < held.label.length; i++) {
      const p = softmax(marginsOf(held, i), temperature)[held.label[i] as number] as number;
      sum -= Math.log(Math.max(p, 1e-12));
    }
    return sum;
  };
  return Math.exp(goldenMinimum(loss, Math.log(0.02), Math.log(3)));
}

/** Share of understood held-out utterances that may fall to rejection. */
const REJECTED_SHARE = 0.004;

/**
 * Slips and chat spellings hide so much of an utterance that is otherwise like the learned ones. Where utterances out
 * of scope were learned too, they tell what is none of ours; where none were, only a score that slips do not explain does.
 */
const LEGIBLE_SHARE = 0.6;

/** The belonging score below which only four in a thousand rightly understood utterances lies. */
export function fitRejection(held: FoldMargins, temperature: number, outside: number): number {
  const legible = outside >= 0 ? 1 : LEGIBLE_SHARE;
  const scores: number[] = [];
  for (let i = 0; i < held.label.length; i++) {
    const probabilities = softmax(marginsOf(held, i), temperature);
    const best = probabilities.indexOf(Math.max(...probabilities));
    if (best === held.label[i]) scores.push(belonging(probabilities, legible * (held.coverage[i] as number)));
  }
  scores.sort((a, b) => a - b);
  return scores[Math.floor(scores.length * REJECTED_SHARE)] ?? Number.NEGATIVE_INFINITY;
}

/** What a wrong answer, an answer to what was no request of ours, and a question back cost. */
const WRONG = 1;
const WRONG_OUTSIDE = 1.5;
const ASKED = 0.25;
const LOWEST = 0.3;
const HIGHEST = 0.9;
/** So many utterances of its own weigh as much for an intent as the threshold of all. */
const SHARED_WEIGHT = 30;

/** How much a spoiled utterance counts beside one as it was written. */
const SPOILED_WEIGHT = 3;
/** The same for one whose intent is taken away: more would make the others look less sure than they are. */
const TAKEN_WEIGHT = 0.05;

/**
 * Every held-out utterance as it was understood, and once more as it would be if nobody had thought of its intent:
 * what is then taken for the likeliest is wrong. Those from `learned` on are spoiled ones.
 */
export function triedOf(held: FoldMargins, temperature: number, learned: number, outside: number): Tried[] {
  return Array.from(held.label.keys()).flatMap((i) => {
    const label = held.label[i] as number;
    const heard = heardOf(held, i, marginsOf(held, i), temperature);
    const isRight = heard.shares.indexOf(Math.max(...heard.shares)) === label;
    if (i >= learned) return { heard, isRight, weight: SPOILED_WEIGHT };
    const asHeard = { heard, isRight, weight: 1 };
    if (label === outside) return asHeard;
    const others = marginsOf(held, i).filter((_, k) => k !== label);
    return [asHeard, { heard: heardOf(held, i, others, temperature), isRight: false, weight: TAKEN_WEIGHT }];
  });
}

function heardOf(held: FoldMargins, example: number, margins: Float64Array, temperature: number): Heard {
  return {
    shares: softmax(margins, temperature),
    margin: Math.max(...margins),
    coverage: held.coverage[example] as number,
    changed: held.changed[example] as number,
    length: held.length[example] as number,
  };
}

/** For each intent, the confidence from which taking it costs less on held-out data than asking back. */
export function fitAcceptance(held: FoldMargins, temperature: number, certainty: Certainty, outside: number): number[] {
  const guesses = Array.from(held.label, (label, i) => {
    const probabilities = makeCertain(heardOf(held, i, marginsOf(held, i), temperature), certainty);
    const best = probabilities.indexOf(Math.max(...probabilities));
    return {
      best,
      confidence: probabilities[best] as number,
      cost: best === label ? 0 : label === outside ? WRONG_OUTSIDE : WRONG,
    };
  });
  const shared = cheapestThreshold(guesses);
  return Array.from({ length: held.classes }, (_, k) => {
    const own = guesses.filter((guess) => guess.best === k);
    return (cheapestThreshold(own) * own.length + shared * SHARED_WEIGHT) / (own.length + SHARED_WEIGHT);
  });
}

function cheapestThreshold(guesses: readonly { readonly confidence: number; readonly cost: number }[]): number {
  let best = LOWEST;
  let least = Number.POSITIVE_INFINITY;
  for (let threshold = LOWEST; threshold <= HIGHEST; threshold += 0.02) {
    const cost = guesses.reduce((sum, guess) => sum + (guess.confidence >= threshold ? guess.cost : ASKED), 0);
    if (cost < least) {
      least = cost;
      best = threshold;
    }
  }
  return best;
}

/** The first examples alone. */
export function firstOf(held: FoldMargins, count: number): FoldMargins {
  return { ...held, label: held.label.subarray(0, count) };
}

/** The margins of one example. */
export function marginsOf(held: FoldMargins, example: number): Float64Array {
  return held.margins.subarray(example * held.classes, (example + 1) * held.classes);
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

function goldenMinimum(of: (x: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  let a = high - GOLDEN * (high - low);
  let b = low + GOLDEN * (high - low);
  let atA = of(a);
  let atB = of(b);
  while (high - low > 0.01) {
    if (atA < atB) {
      high = b;
      b = a;
      atB = atA;
      a = high - GOLDEN * (high - low);
      atA = of(a);
    } else {
      low = a;
      a = b;
      atA = atB;
      b = low + GOLDEN * (high - low);
      atB = of(b);
    }
  }
  return (low + high) / 2;
}
