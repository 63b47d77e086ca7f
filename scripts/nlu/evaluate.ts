import { OUTSIDE_INTENT } from '../../src/nlu/decide.ts';
import { startHelper } from '../../src/nlu/load-helper.ts';
import { type IntentData, loadIntents } from '../../src/nlu/load-intents.ts';
import { loadLists } from '../../src/nlu/load-model.ts';
import type { WordLists } from '../../src/nlu/nlu-model.ts';
import { trainModel } from '../../src/nlu/train-model.ts';
import { createUnderstand } from '../../src/nlu/understand.ts';
import type { Options } from '../nlu.ts';
import { crossPredict, measuredSuites, type SuiteJudged } from './cross-predict.ts';
import { type Judged, judged } from './judged.ts';
import { calibrationError, outsideAuroc, outsideCurve } from './measures.ts';
import { nearTopics } from './near.ts';
import { OWN_DATA } from './open-model.ts';
import { STYLES } from './styles.ts';

/** Prints how well the intents of a folder are understood, by cross-validation and on held-out utterances. */
export function evaluate(options: Options): void {
  const intents = loadIntents(options.data ?? OWN_DATA);
  const lists = loadLists(options.lists);
  if (options.near) {
    reportNear(intents, lists, options.now);
    return;
  }
  reportSuites('Cross-validation (near copies kept together)', crossPredict(intents, lists, options.now));
  const held = intents.flatMap(({ intent, heldout = [] }) => heldout.map((utterance) => ({ intent, utterance })));
  if (held.length === 0) {
    print('No held-out utterances ("heldout" in the intent files), so nothing more to measure.');
    return;
  }
  const understand = createUnderstand(trainModel(intents, { seed: 1, lists, helper: startHelper(intents) }));
  const suites = measuredSuites(lists).map(({ name, spoil }) => ({
    name,
    judged: held.map(({ intent, utterance }) => {
      const spoiled = spoil(utterance);
      return judged(spoiled, intent, understand(spoiled, { now: options.now }));
    }),
  }));
  reportSuites('Held-out utterances', suites);
}

function reportNear(intents: readonly IntentData[], lists: WordLists, now: number): void {
  print('== Near topics: one intent left out after another, its utterances out of scope');
  let sum = 0;
  let count = 0;
  for (const { intent, judged: all } of nearTopics(intents, lists, now)) {
    print(`  ${intent.padEnd(28)} ${outsideCurve(all)}`);
    sum += outsideAuroc(all);
    count++;
  }
  print(`mean AUROC ${(sum / Math.max(1, count)).toFixed(2)} over ${count} intents`);
}

/** The first two suites in full (as written, without marks), and all of them in a table. */
function reportSuites(title: string, suites: readonly SuiteJudged[]): void {
  for (const { name, judged: all } of suites.slice(0, 2)) report(`${title}, ${name}`, all);
  print(`\n== ${title}, by the way of writing (right, likeliest intent right, calibration error)`);
  for (const { name, judged: all } of suites) {
    const right = all.filter(({ meant, guessed }) => meant === guessed).length;
    const best = all.filter((one) => one.meant === one.best).length;
    const error = (100 * calibrationError(all)).toFixed(2);
    print(`  ${name.padEnd(32)} ${percent(right, all.length)}  ${percent(best, all.length)}  ${error}`);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const percent = (part: number, whole: number): string => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(2));

function report(title: string, all: readonly Judged[]): void {
  const right = all.filter(({ meant, guessed }) => meant === guessed).length;
  const either = all.filter(({ meant, guessed, second }) => meant === guessed || meant === second).length;
  const names = [...new Set(all.map(({ meant }) => meant))].sort();
  const perIntent = names.map((name) => ({ name, ...precisionRecall(all, name) }));
  const macro = perIntent.reduce((sum, { f1 }) => sum + f1, 0) / names.length;
  print(`\n== ${title} (${all.length})`);
  print(
    `accuracy ${percent(right, all.length)}, with second intent ${percent(either, all.length)}, macro-F1 ${(100 * macro).toFixed(2)}`,
  );
  print(
    `decisions: ${['accept', 'clarify', 'reject'].map((kind) => `${kind} ${all.filter(({ decision }) => decision === kind).length}`).join(', ')}`,
  );
  print(`calibration error ${(100 * calibrationError(all)).toFixed(2)} points`);
  if (names.includes(OUTSIDE_INTENT)) print(outsideCurve(all));
  print('by style:');
  for (const { name, is } of STYLES) {
    const own = all.filter(({ utterance }) => is(utterance));
    if (own.length > 0)
      print(
        `  ${name.padEnd(28)} ${percent(own.filter(({ meant, guessed }) => meant === guessed).length, own.length)} of ${own.length}`,
      );
  }
  print('by intent (recall, precision, F1):');
  for (const { name, recall, precision, f1 } of perIntent) {
    print(
      `  ${name.padEnd(28)} ${[recall, precision, f1].map((value) => (100 * value).toFixed(1).padStart(6)).join('')}`,
    );
  }
  print('confused most often:');
  for (const [pair, count] of confusions(all).slice(0, 12)) print(`  ${String(count).padStart(3)}  ${pair}`);
}

function precisionRecall(all: readonly Judged[], name: string): { recall: number; precision: number; f1: number } {
  const hit = all.filter(({ meant, guessed }) => meant === name && guessed === name).length;
  const meant = all.filter((one) => one.meant === name).length;
  const guessed = all.filter((one) => one.guessed === name).length;
  return {
    recall: hit / Math.max(1, meant),
    precision: hit / Math.max(1, guessed),
    f1: (2 * hit) / Math.max(1, meant + guessed),
  };
}

function confusions(all: readonly Judged[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { meant, guessed } of all) {
    if (meant !== guessed) counts.set(`${meant} → ${guessed}`, (counts.get(`${meant} → ${guessed}`) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}
