import { createRandom } from './hash.ts';
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

/** Cross-validation in which near copies of an utterance stay together. */
export function crossValidate(
  examples: Examples,
  samples: readonly { readonly group: number; readonly changed: number; readonly length: number }[],
  options: FoldOptions,
): FoldMargins {
  const { classes, label } = examples;
  const fold = assignFolds(samples, label, options);
  const margins = new Float64Array(label.length * classes);
  const coverage = new Float64Array(label.length);
  for (let f = 0; f < options.folds; f++) {
    const rows = Int32Array.from(label.keys()).filter((row) => row < options.learned && fold[row] !== f);
    const held = Int32Array.from(label.keys()).filter((row) => fold[row] === f);
    trainSvm(examples, { cost: options.cost, seed: options.seed, rows, isExact: false }, (k, weights) => {
      for (const row of held) margins[row * classes + k] = marginOf(examples, row, weights);
    });
    const known = knownFeatures(examples, rows);
    for (const row of held) coverage[row] = coverageOf(examples, row, known);
  }
  return {
    classes,
    label,
    margins,
    coverage,
    changed: samples.map(({ changed }) => changed),
    length: samples.map(({ length }) => length),
  };
}

function marginOf(examples: Examples, row: number, weights: Float32Array): number {
  let margin = 0;
  for (let p = examples.start[row] as number; p < (examples.start[row + 1] as number); p++) {
    margin += (examples.value[p] as number) * (weights[examples.index[p] as number] as number);
  }
  return margin;
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

/** Deals groups to folds so that each fold holds a fair share of every class. */
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
