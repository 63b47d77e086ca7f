import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadIntents } from '../../src/nlu/load-intents.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'intents-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

test('needs no more than a name and utterances, and takes numbers for text', () => {
  put('a.yaml', 'intent: greeting\nutterances:\n  - chào\n  - 123\n');
  expect(loadIntents(folder)).toEqual([{ intent: 'greeting', utterances: ['chào', '123'] }]);
});

test.each([
  ['an utterance with an unquoted colon', 'intent: a\nutterances:\n  - chào: bạn\n', /a\.yaml.*Quote an utterance/s],
  ['no utterances', 'intent: a\n', /a\.yaml, utterances/],
  ['an unknown key', 'intent: a\nutterance: [x]\nutterances: [x]\n', /a\.yaml.*utterance/s],
  ['broken YAML', 'intent: [a\n', /a\.yaml is not valid YAML/],
])('names the file and the mend for %s', (_, text, message) => {
  put('a.yaml', text);
  expect(() => loadIntents(folder)).toThrow(message);
});

test('refuses the same intent in two files', () => {
  put('a.yaml', 'intent: x\nutterances: [a]\n');
  put('b.yaml', 'intent: x\nutterances: [b]\n');
  expect(() => loadIntents(folder)).toThrow(/b\.yaml.*already in a\.yaml/);
});

test('says so when the folder is absent or empty', () => {
  expect(() => loadIntents(join(folder, 'none'))).toThrow(/cannot be read/);
  expect(() => loadIntents(folder)).toThrow(/holds no \.yaml file/);
});
