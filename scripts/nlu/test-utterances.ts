import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { IntentData } from '../../src/nlu/load-intents.ts';

const TESTS = join(import.meta.dirname, '..', '..', 'test');
const FIXTURES = ['heldout-styles.yaml', 'false-alarms.yaml'];

/** An utterance that tests rely on; in transcripts nobody has written down what it means. */
export interface TestUtterance {
  readonly text: string;
  readonly intent?: string;
}

/** Every utterance that is measured or played in tests and means an intent of this data: held out, fixtures, transcripts. */
export function testUtterances(intents: readonly IntentData[]): readonly TestUtterance[] {
  const names = new Set(intents.map(({ intent }) => intent));
  const heldout = intents.flatMap(({ intent, heldout: all = [] }) => all.map((text) => ({ text, intent })));
  const fixtures = FIXTURES.flatMap((name) => {
    const file = load(readFileSync(join(TESTS, 'fixtures', 'nlu', name), 'utf8')) as {
      readonly heldout: readonly { readonly text: string; readonly intent: string }[];
    };
    return file.heldout.map(({ text, intent }) => ({ text, intent }));
  });
  const spoken = transcripts().flatMap((text) => [...text.matchAll(/^user> (.*)$/gm)].map((match) => match[1] ?? ''));
  return [
    ...[...heldout, ...fixtures].filter(({ intent }) => names.has(intent)),
    ...[...new Set(spoken)].map((text) => ({ text })),
  ];
}

/** Messages of strangers whose misses nobody reads, so that they stay an honest measure: for totals only. */
export function strangersMessages(intents: readonly IntentData[]): readonly Required<TestUtterance>[] {
  const names = new Set(intents.map(({ intent }) => intent));
  return readFileSync(join(TESTS, 'fixtures', 'nlu', 'strangers.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Required<TestUtterance>)
    .filter(({ intent }) => names.has(intent));
}

function transcripts(): readonly string[] {
  const folder = join(TESTS, 'conversations');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.chat'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}
