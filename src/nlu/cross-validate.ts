import type { WordSequences } from './features.ts';
import { createRandom, joinHash } from './hash.ts';
import { type Examples, trainSvm } from './train-svm.ts';

/** Margins of examples by models that had not seen them. */
export interface FoldMargins {
  readonly classes: number;
  readonly label: Int32Array;
  /** By example, then class. */
  readonly margins: Float64Array;
  /** Share of an example's feature values that its model knew. */
  readonly coverage: Float64Array;
  /** By example, what repair changed in it, and its words. */
  readonly changed: readonly number[];
  readonly length: readonly number[];
}

export interface FoldOptions {
  readonly folds: number;
  readonly cost: number;
  readonly seed: number;
  /** Examples from here on are only tried, never learned. */
  readonly learned: number;
}

/** Where the margins of all folds are gathered. */
export interface FoldRoom {
  /** The fold of each example. */
  readonly fold: Int32Array;
  readonly margins: Float64Array;
  readonly coverage: Float64Array;
}

/** Learns all folds but one and notes what comes of the examples in that one. */
export function tryFold(examples: Examples, options: FoldOptions, held: number, room: FoldRoom): void {
  const { classes, label } = examples;
  const { fold, margins, coverage } = room;
  const rows = Int32Array.from(label.keys()).filter((row) => row < options.learned && fold[row] !== held);
  const tried = Int32Array.from(label.keys()).filter((row) => fold[row] === held);
  const group = createGroup(examples.features);
  const { cost, seed } = options;
  trainSvm(examples, { cost, seed, rows, isExact: false }, (k, weights) => {
    const place = k % GROUP;
    for (let feature = 0; feature < weights.length; feature++)
      group[feature * GROUP + place] = weights[feature] as number;
    if (place < GROUP - 1 && k < classes - 1) return;
    for (const row of tried) addMargins(examples, row, group, margins, row * classes + k - place, place + 1);
  });
  const known = knownFeatures(examples, rows);
  for (const row of tried) coverage[row] = coverageOf(examples, row, known);
}

/** The margins of so many classes are summed up at once: one sum alone would wait for each of its additions. */
const GROUP = 4;

/** Room for the weights of a group of classes, by feature, then class. */
const createGroup = (features: number): Float32Array => new Float32Array(features * GROUP);

/** Writes the margins of an example for a group of classes to `margins`, from `at` on. */
function addMargins(
  { start, index, value }: Examples,
  row: number,
  group: Float32Array,
  margins: Float64Array,
  at: number,
  classes: number,
): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let p = start[row] as number; p < (start[row + 1] as number); p++) {
    const amount = value[p] as number;
    const from = (index[p] as number) * GROUP;
    a += amount * (group[from] as number);
    b += amount * (group[from + 1] as number);
    c += amount * (group[from + 2] as number);
    d += amount * (group[from + 3] as number);
  }
  const sums = [a, b, c, d];
  for (let k = 0; k < classes; k++) margins[at + k] = sums[k] as number;
}

function coverageOf(examples: Examples, row: number, known: Uint8Array): number {
  let seen = 0;
  for (let p = examples.start[row] as number; p < (examples.start[row + 1] as number); p++) {
    const feature = examples.index[p] as number;
    if (feature > 0 && known[feature]) seen += (examples.value[p] as number) / (examples.scale[feature] as number);
  }
  const total = examples.total[row] as number;
  return total > 0 ? seen / total : 0;
}

function knownFeatures(examples: Examples, rows: Int32Array): Uint8Array {
  const known = new Uint8Array(examples.features);
  for (const row of rows) {
    for (let p = examples.start[row] as number; p < (examples.start[row + 1] as number); p++)
      known[examples.index[p] as number] = 1;
  }
  return known;
}

/** Deals groups to folds, near copies of an utterance to the same, so that each fold holds a fair share of every class. */
export function assignFolds(
  samples: readonly { readonly group: number }[],
  label: Int32Array,
  options: Pick<FoldOptions, 'folds' | 'seed'>,
): Int32Array {
  const random = createRandom(options.seed);
  const offsets = new Map<number, number>();
  const foldOf = new Map<number, number>();
  return Int32Array.from(samples, (sample, i) => {
    const known = foldOf.get(sample.group);
    if (known !== undefined) return known;
    const turn = offsets.get(label[i] as number) ?? Math.floor(random() * options.folds);
    offsets.set(label[i] as number, turn + 1);
    foldOf.set(sample.group, turn % options.folds);
    return turn % options.folds;
  });
}

/** Deals by what an utterance says and by nothing else, near copies to the same fold. */
export function dealByWords(samples: readonly { readonly words: WordSequences }[], folds: number): Int32Array {
  return Int32Array.from(samples, ({ words }) => (hashOfSaid(words) >>> 0) % folds);
}

/** The hash of the words of an utterance, each once and in no order: near copies have the same. */
export function hashOfSaid({ masked }: WordSequences): number {
  const sorted = Int32Array.from(masked).sort();
  let hash = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) hash = joinHash(hash, sorted[i] as number);
  }
  return hash;
}
