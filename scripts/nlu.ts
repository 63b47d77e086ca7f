import { evaluate } from './nlu/evaluate.ts';
import { explain } from './nlu/explain.ts';
import { lint } from './nlu/lint.ts';
import { predict } from './nlu/predict.ts';
import { score } from './nlu/score.ts';
import { train } from './nlu/train.ts';

const USAGE = `Use: npm run --silent nlu -- COMMAND
  predict [--data DIR | --model FILE]   reads {"id","text"} lines, writes one line of meaning for each
  train --data DIR --out FILE           learns the intents of a folder
  eval [--data DIR]                     measures by cross-validation and on held-out utterances
  score FILE [--data DIR | --model FILE]  scores labelled messages, one JSON object a line
  lint [--data DIR]                     shows near-copies, borders crossed, lonely words, missing styles
  explain "utterance" [--data DIR]      shows normal form, entities, scores and the features that decided
--now ISO-TIME sets the day that "tháng rồi" and "mai" are counted from.`;

const COMMANDS: Readonly<Record<string, (options: Options) => Promise<void> | void>> = {
  predict,
  train,
  eval: evaluate,
  score,
  lint,
  explain,
};

/** What was said on the command line. */
export interface Options {
  readonly data?: string;
  readonly model?: string;
  readonly out?: string;
  readonly now: number;
  /** What is neither a command nor an option. */
  readonly words: readonly string[];
}

function parseOptions(args: readonly string[]): Options {
  const named: Record<string, string> = {};
  const words: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!arg.startsWith('--')) {
      words.push(arg);
      continue;
    }
    const value = args[i + 1];
    if (!['--data', '--model', '--out', '--now'].includes(arg)) throw new Error(`There is no option ${arg}.\n${USAGE}`);
    if (value === undefined) throw new Error(`${arg} needs a value after it.\n${USAGE}`);
    named[arg.slice(2)] = value;
    i++;
  }
  const { data, model, out, now } = named as { data?: string; model?: string; out?: string; now?: string };
  const time = now === undefined ? Date.now() : Date.parse(now);
  if (Number.isNaN(time)) throw new Error(`--now "${now}" is not a time. Write it like 2026-11-22T08:00:00+07:00.`);
  return { ...(data && { data }), ...(model && { model }), ...(out && { out }), now: time, words };
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
