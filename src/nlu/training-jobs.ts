import { type FoldMargins, type FoldOptions, type FoldRoom, tryFold } from './cross-validate.ts';
import { type Examples, trainSvm } from './train-svm.ts';

/**
 * What is to be computed for one model: a job for each fold, then one for every few classes, whose weights are learned
 * from all examples. Lies in memory that threads share; whoever is free takes the next job, and what comes of it is the same to the last digit.
 */
export interface TrainingJobs {
  readonly examples: Examples;
  readonly options: FoldOptions;
  readonly room: FoldRoom;
  /** By class, then feature; none where only the folds are wanted. */
  readonly weights: Float32Array;
  /** By job: free, taken or done. */
  readonly states: Int32Array;
}

const CLASSES_A_JOB = 4;

const FREE = 0;
const TAKEN = 1;
const DONE = 2;
/** A thread that has not finished a job by then has ended. */
const PATIENCE_MS = 60_000;

/** A second thread that takes jobs of a training. */
export interface TrainingHelper {
  help(jobs: TrainingJobs): void;
}

/** A copy of an array in memory that threads share. */
export function shared<T extends Int32Array | Float32Array | Float64Array>(
  kind: { new (memory: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number },
  from: ArrayLike<number>,
): T {
  const array = emptyShared(kind, from.length);
  array.set(from);
  return array;
}

function emptyShared<T extends Int32Array | Float32Array | Float64Array>(
  kind: { new (memory: SharedArrayBuffer): T; readonly BYTES_PER_ELEMENT: number },
  length: number,
): T {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));
}

/** The jobs of a training, none of them begun; `fold`: the fold of each example. */
export function createJobs(examples: Examples, fold: Int32Array, options: FoldOptions, isWhole: boolean): TrainingJobs {
  const { label, classes, features } = examples;
  return {
    examples,
    options,
    room: {
      fold: shared(Int32Array, fold),
      margins: emptyShared(Float64Array, label.length * classes),
      coverage: emptyShared(Float64Array, label.length),
    },
    weights: emptyShared(Float32Array, isWhole ? classes * features : 0),
    states: emptyShared(Int32Array, options.folds + (isWhole ? Math.ceil(classes / CLASSES_A_JOB) : 0)),
  };
}

/** Does the jobs that nobody has taken. */
export function doFreeJobs(jobs: TrainingJobs, count = jobs.states.length): void {
  for (let job = 0; job < count; job++) {
    if (Atomics.compareExchange(jobs.states, job, FREE, TAKEN) === FREE) doJob(jobs, job);
  }
}

function doJob(jobs: TrainingJobs, job: number): void {
  const { examples, options, room, weights, states } = jobs;
  try {
    if (job < options.folds) tryFold(examples, options, job, room);
    else learnClasses(examples, options, weights, (job - options.folds) * CLASSES_A_JOB);
    Atomics.store(states, job, DONE);
  } catch (error) {
    // For another thread to find the fault itself.
    Atomics.store(states, job, FREE);
    throw error;
  } finally {
    Atomics.notify(states, job);
  }
}

function learnClasses(
  examples: Examples,
  { cost, seed, learned }: FoldOptions,
  weights: Float32Array,
  first: number,
): void {
  const { features, scale } = examples;
  const rows = Int32Array.from({ length: learned }, (_, row) => row);
  const classes = [first, Math.min(first + CLASSES_A_JOB, examples.classes)] as const;
  trainSvm(examples, { cost, seed, rows, classes }, (k, ofClass) => {
    const from = k * features;
    for (let feature = 0; feature < features; feature++)
      weights[from + feature] = (ofClass[feature] as number) * (scale[feature] as number);
  });
}

/** Returns when the first jobs are done, by whomever. */
function finish(jobs: TrainingJobs, count: number): void {
  doFreeJobs(jobs, count);
  for (let job = 0; job < count; job++) {
    while (Atomics.load(jobs.states, job) !== DONE) {
      const isLost = Atomics.wait(jobs.states, job, TAKEN, PATIENCE_MS) === 'timed-out';
      if (isLost || Atomics.load(jobs.states, job) === FREE) doJob(jobs, job);
    }
  }
}

/** The margins of all examples by models that had not seen them. */
export function finishFolds(
  jobs: TrainingJobs,
  samples: readonly { readonly changed: number; readonly length: number }[],
): FoldMargins {
  finish(jobs, jobs.options.folds);
  const { examples, room } = jobs;
  return {
    classes: examples.classes,
    label: examples.label,
    margins: room.margins,
    coverage: room.coverage,
    changed: samples.map(({ changed }) => changed),
    length: samples.map(({ length }) => length),
  };
}

/** The weights by class, learned from all examples. */
export function finishWeights(jobs: TrainingJobs): Float32Array[] {
  finish(jobs, jobs.states.length);
  const { classes, features } = jobs.examples;
  return Array.from({ length: classes }, (_, k) => jobs.weights.subarray(k * features, (k + 1) * features));
}
