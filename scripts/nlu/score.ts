import { readFileSync } from 'node:fs';
import { OUTSIDE_INTENT } from '../../src/nlu/decide.ts';
import { fold } from '../../src/nlu/normalize.ts';
import { createUnderstand } from '../../src/nlu/understand.ts';
import type { Understanding } from '../../src/nlu/understanding.ts';
import type { Options } from '../nlu.ts';
import { openModel } from './open-model.ts';

/** One message with what a person says that it means. */
interface Labelled {
  readonly text: string;
  readonly style: string;
  readonly intent: string;
  /** A second request, or an intent that a fair judge would also accept. */
  readonly second: string | null;
  readonly emergency: boolean;
  readonly entities: readonly { readonly type: string; readonly text: string; readonly value: string }[];
}

/** How many of how many. */
class Share {
  part = 0;
  whole = 0;

  count(isPart: boolean): void {
    this.whole++;
    if (isPart) this.part++;
  }

  toString(): string {
    return `${((100 * this.part) / Math.max(1, this.whole)).toFixed(1)} % (${this.part} of ${this.whole})`;
  }
}

/** Scores files of labelled messages, one JSON object a line, by the model of `--data` or `--model`. */
export function score(options: Options): void {
  if (options.words.length === 0) throw new Error('score needs the path of a file of labelled messages.');
  const understand = createUnderstand(openModel(options));
  for (const file of options.words) {
    const messages = readFileSync(file, 'utf8').trim().split('\n').map(readMessage);
    const judged = messages.map((message) => ({
      message,
      found: understand(message.text, { now: options.now }),
    }));
    process.stdout.write(`${file}: ${messages.length} messages\n${reportOf(judged).join('\n')}\n`);
  }
}

function readMessage(line: string, index: number): Labelled {
  const message = JSON.parse(line) as Labelled;
  if (typeof message.text !== 'string' || typeof message.intent !== 'string')
    throw new Error(`Line ${index + 1} needs "text" and "intent".`);
  return message;
}

type Judged = readonly { readonly message: Labelled; readonly found: Understanding }[];

function reportOf(judged: Judged): string[] {
  const strict = new Share();
  const either = new Share();
  const caught = new Share();
  const kept = new Share();
  const byStyle = new Map<string, Share>();
  const byIntent = new Map<string, Share>();
  const byType = new Map<string, Share>();
  let alarms = 0;
  for (const { message, found } of judged) {
    const guessed = found.decision === 'reject' ? OUTSIDE_INTENT : found.intent;
    const isRight = guessed === message.intent;
    strict.count(isRight);
    either.count(isRight || guessed === message.second);
    shareIn(byStyle, message.style).count(isRight);
    shareIn(byIntent, message.intent).count(isRight);
    if (message.emergency) caught.count(found.emergency);
    else if (found.emergency) alarms++;
    if (message.intent === OUTSIDE_INTENT) kept.count(found.decision !== 'accept');
    for (const meant of message.entities) shareIn(byType, meant.type).count(isFound(meant, found));
  }
  return [
    `right intent ${strict}, with the second ${either}`,
    `emergencies caught ${caught}, false alarms ${alarms}; out of scope not accepted ${kept}`,
    ...listOf('by style', byStyle),
    ...listOf('entities found', byType),
    ...listOf('by intent', byIntent),
  ];
}

function shareIn(shares: Map<string, Share>, name: string): Share {
  const share = shares.get(name) ?? new Share();
  shares.set(name, share);
  return share;
}

function listOf(title: string, shares: ReadonlyMap<string, Share>): string[] {
  const sorted = [...shares].sort((a, b) => a[1].part / a[1].whole - b[1].part / b[1].whole);
  return [`${title}:`, ...sorted.map(([name, share]) => `  ${name.padEnd(24)} ${share}`)];
}

/** A place counts by its first name; all others by their value. */
function isFound({ type, value }: Labelled['entities'][number], { entities }: Understanding): boolean {
  const plain = (text: string): string => fold(text).replace(/[^a-z0-9/]/g, '');
  return entities.some(
    (entity) =>
      entity.type === type &&
      (type === 'place' ? plain(entity.value).includes(plain(value.split('/')[0] ?? '')) : entity.value === value),
  );
}
