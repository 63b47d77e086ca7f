import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUTSIDE_INTENT } from '../../src/nlu/decide.ts';
import { type IntentData, listIntentFiles, loadIntents } from '../../src/nlu/load-intents.ts';
import { loadLists } from '../../src/nlu/load-model.ts';
import { trainModel } from '../../src/nlu/train-model.ts';
import { createUnderstand } from '../../src/nlu/understand.ts';
import type { Understand, Understanding } from '../../src/nlu/understanding.ts';
import type { Options } from '../nlu.ts';
import { openTarget } from '../storage/open-target.ts';
import { addUtterances } from './add-utterances.ts';
import { OWN_DATA } from './open-model.ts';
import { type Label, sortLabels } from './sort-labels.ts';
import { strangersMessages, type TestUtterance, testUtterances } from './test-utterances.ts';

const MOST_LABELS = 10_000;

/**
 * Takes what was labelled at the desk, learns it in memory, and shows what would be decided otherwise on all test
 * utterances. With `--write` the labels go into the intent files.
 */
export async function review(options: Options): Promise<void> {
  const folder = options.data ?? OWN_DATA;
  const intents = loadIntents(folder);
  const storage = await openTarget(options.db, { mustExist: true });
  const decisions = await storage.unclear.decisions(MOST_LABELS).finally(() => storage.close());
  const { fresh, refused, known } = sortLabels(decisions, intents);
  for (const { text, intent, reason } of refused) {
    print(`left out  ${intent.padEnd(24)} ${text}  (${reason})`);
  }
  for (const { text, intent } of fresh) {
    print(`new       ${intent.padEnd(24)} ${text}`);
  }
  print(`${fresh.length} new labels, ${known} known already, ${refused.length} left out.`);
  if (fresh.length === 0) {
    return;
  }
  showFlips(intents, fresh, options);
  if (options.write) {
    writeLabels(folder, intents, fresh);
    print('Written. Look at the change, then run: npm run nlu -- lint, and test/dialogs/transcripts.test.ts');
  } else {
    print('Nothing is written: say --write to bring the labels into the intent files.');
  }
}

function showFlips(intents: readonly IntentData[], fresh: readonly Label[], { lists: files, now }: Options): void {
  const lists = loadLists(files);
  const learn = (data: readonly IntentData[]) => createUnderstand(trainModel(data, { seed: 1, lists }));
  const before = learn(intents);
  const after = learn(withLabels(intents, fresh));
  const hear = (understand: Understand, { text }: TestUtterance) => understand(text, { now });

  const utterances = testUtterances(intents);
  const flips = utterances
    .map((utterance) => ({ utterance, was: hear(before, utterance), is: hear(after, utterance) }))
    .filter(({ was, is }) => told(was) !== told(is));
  for (const { utterance, was, is } of flips) {
    print(`${verdict(utterance, was, is)} ${told(was)} -> ${told(is)}: ${utterance.text}`);
  }
  const count = (name: string) =>
    flips.filter(({ utterance, was, is }) => verdict(utterance, was, is).trim() === name).length;
  print(
    `Of ${utterances.length} test utterances ${flips.length} would flip: ${count('better')} better, ${count('worse')} worse.`,
  );
  const strangers = strangersMessages(intents);
  const right = (understand: Understand) =>
    strangers.filter((message) => guessed(hear(understand, message)) === message.intent).length;
  print(`Of ${strangers.length} strangers' messages ${right(before)} are right now, ${right(after)} would be.`);
  const learned = fresh.filter(({ text, intent }) => guessed(after(text, { now })) === intent).length;
  print(`Of the ${fresh.length} new labels ${learned} would be understood.`);
}

function withLabels(intents: readonly IntentData[], fresh: readonly Label[]): readonly IntentData[] {
  return intents.map((data) => ({
    ...data,
    utterances: [...data.utterances, ...fresh.filter(({ intent }) => intent === data.intent).map(({ text }) => text)],
  }));
}

function writeLabels(folder: string, intents: readonly IntentData[], fresh: readonly Label[]): void {
  for (const [index, name] of listIntentFiles(folder).entries()) {
    const file = join(folder, name);
    const added = fresh.filter(({ intent }) => intent === intents[index]?.intent).map(({ text }) => text);
    if (added.length > 0) {
      writeFileSync(file, addUtterances(readFileSync(file, 'utf8'), added));
    }
  }
}

/** What was decided, in one word or two. */
function told({ decision, intent, alternatives }: Understanding): string {
  return decision === 'reject' ? 'reject' : `${decision} ${decision === 'accept' ? intent : alternatives[0]?.intent}`;
}

function guessed({ decision, intent }: Understanding): string {
  return decision === 'reject' ? OUTSIDE_INTENT : intent;
}

function verdict({ intent }: TestUtterance, was: Understanding, is: Understanding): string {
  const wasRight = guessed(was) === intent;
  const isRight = guessed(is) === intent;
  return intent === undefined || wasRight === isRight ? 'other ' : isRight ? 'better' : 'worse ';
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
