import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import type { ListFiles } from '../src/nlu/load-model.ts';

const USAGE = `Use: npm run --silent nlu -- COMMAND
  predict [--data DIR | --model FILE]   reads {"id","text"} lines, writes one line of meaning for each
  train --data DIR --out FILE           learns the intents of a folder
  eval [--data DIR]                     measures by cross-validation and on held-out utterances
  eval --near [--data DIR]              measures near topics: one intent left out after another
  score FILE [--data DIR | --model FILE]  scores labelled messages, one JSON object a line
  lint [--quick] [--data DIR]           shows near copies, lonely words, missing styles and, not --quick, borders crossed
  review [--write] [--db FILE]          learns what was labelled at the desk, in memory, and shows what would flip
  explain "utterance" [--data DIR]      shows normal form, entities, scores and the features that decided
--lists DIR takes places.txt, chat-spellings.tsv and word-classes.txt from DIR instead of the project's own, those
that are there.
--now ISO-TIME sets the day that "tháng rồi" and "mai" are counted from.`;

// The next start need not read the types out of every source file again.
enableCompileCache(join(import.meta.dirname, '..', 'var', 'compile-cache'));

/** Each command is loaded when asked for: none waits for what only another needs. */
const COMMANDS: Readonly<Record<string, (options: Options) => Promise<void> | void>> = {
  predict: async (options) => (await import('./nlu/predict.ts')).predict(options),
  train: async (options) => (await import('./nlu/train.ts')).train(options),
  eval: async (options) => (await import('./nlu/evaluate.ts')).evaluate(options),
  score: async (options) => (await import('./nlu/score.ts')).score(options),
  lint: async (options) => (await import('./nlu/lint.ts')).lint(options),
  explain: async (options) => (await import('./nlu/explain.ts')).explain(options),
  review: async (options) => (await import('./nlu/review.ts')).review(options),
};

/** What was said on the command line. */
export interface Options {
  readonly data?: string;
  readonly model?: string;
  readonly out?: string;
  readonly now: number;
  readonly near: boolean;
  readonly write: boolean;
  readonly quick: boolean;
  /** A database file; without it, the one that the service would open. */
  readonly db?: string;
  readonly lists: ListFiles;
  /** What is neither a command nor an option. */
  readonly words: readonly string[];
}

/** Options that stand alone. */
const SWITCHES = ['--near', '--write', '--quick'];

function parseOptions(args: readonly string[]): Options {
  const named: Record<string, string> = {};
  const words: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!arg.startsWith('--')) {
      words.push(arg);
      continue;
    }
    if (SWITCHES.includes(arg)) {
      named[arg.slice(2)] = arg;
      continue;
    }
    const value = args[i + 1];
    if (!['--data', '--model', '--out', '--now', '--lists', '--db'].includes(arg))
      throw new Error(`There is no option ${arg}.\n${USAGE}`);
    if (value === undefined) throw new Error(`${arg} needs a value after it.\n${USAGE}`);
    named[arg.slice(2)] = value;
    i++;
  }
  const { data, model, out, now, lists, db } = named as Partial<
    Record<'data' | 'model' | 'out' | 'now' | 'lists' | 'db', string>
  >;
  const time = now === undefined ? Date.now() : Date.parse(now);
  if (Number.isNaN(time)) throw new Error(`--now "${now}" is not a time. Write it like 2026-11-22T08:00:00+07:00.`);
  return {
    ...(data && { data }),
    ...(model && { model }),
    ...(out && { out }),
    now: time,
    ...(db && { db }),
    near: named['near'] !== undefined,
    write: named['write'] !== undefined,
    quick: named['quick'] !== undefined,
    lists: lists === undefined ? {} : listsIn(lists),
    words,
  };
}

/** The lists that a folder holds. */
function listsIn(folder: string): ListFiles {
  const places = join(folder, 'places.txt');
  const spellings = join(folder, 'chat-spellings.tsv');
  const classes = join(folder, 'word-classes.txt');
  const found = {
    ...(existsSync(places) && { placesFile: places }),
    ...(existsSync(spellings) && { spellingsFile: spellings }),
    ...(existsSync(classes) && { classesFile: classes }),
  };
  if (Object.keys(found).length === 0)
    throw new Error(`${folder} holds none of places.txt, chat-spellings.tsv and word-classes.txt.`);
  return found;
}

const [command = '', ...rest] = process.argv.slice(2);
const run = COMMANDS[command];
try {
  if (run === undefined) throw new Error(command === '' ? USAGE : `There is no command "${command}".\n${USAGE}`);
  await run(parseOptions(rest));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
