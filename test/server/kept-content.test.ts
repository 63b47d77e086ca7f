import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadAnswers } from '../../src/dialogs/load-answers.ts';
import { loadDialogs } from '../../src/dialogs/load-dialogs.ts';
import { loadKeptContent } from '../../src/kept-content.ts';
import { INTENTS_FOLDER, TREES_FOLDER } from '../../src/load-content.ts';
import { listIntentFiles } from '../../src/nlu/load-intents.ts';
import { loadTariffs } from '../../src/tariffs/load-tariffs.ts';

const intents = listIntentFiles(INTENTS_FOLDER).map((name) => name.replace(/\.yaml$/, ''));
let folder: string;
let treesFolder: string;
let cacheFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lang-nghe-kept-'));
  treesFolder = join(folder, 'trees');
  cacheFile = join(folder, 'cache', 'content.json');
  cpSync(TREES_FOLDER, treesFolder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const load = () => loadKeptContent({ treesFolder, intents, cacheFile });

/** Writes the words of a dialog into the kept file, so that it shows whether they come from there. */
function markKept(): void {
  const kept = readFileSync(cacheFile, 'utf8');
  writeFileSync(cacheFile, kept.replace('"title":"', '"title":"(kept) '));
}
const isKept = () => load().dialogs.some(({ title }) => title.startsWith('(kept) '));

test('what was kept is what the files say, to the last field', () => {
  load();
  markKept();
  expect(isKept()).toBe(true);
  rmSync(cacheFile);
  load();
  expect(load()).toStrictEqual({
    dialogs: loadDialogs(treesFolder, { intents }),
    answers: loadAnswers(),
    tariffs: loadTariffs(),
  });
});

test('a changed letter, another file, another intent or a damaged file is enough to read everything again', () => {
  const changes: readonly (() => void)[] = [
    () => writeFileSync(join(treesFolder, 'greeting.dialog.yaml'), '# A note.\n', { flag: 'a' }),
    () => writeFileSync(join(treesFolder, 'notes.txt'), ''),
    () => writeFileSync(cacheFile, readFileSync(cacheFile, 'utf8').slice(0, -1)),
  ];
  for (const change of changes) {
    load();
    markKept();
    change();
    expect(isKept()).toBe(false);
  }
  markKept();
  const more = loadKeptContent({ treesFolder, intents: [...intents, 'zz_another'], cacheFile });
  expect(more.dialogs.some(({ title }) => title.startsWith('(kept) '))).toBe(false);
});

test('a mistake is told at every start, and nothing is kept of it', () => {
  load();
  writeFileSync(join(treesFolder, 'broken.dialog.yaml'), 'dialog: broken\n');
  expect(load).toThrow('broken.dialog.yaml');
  expect(load).toThrow('broken.dialog.yaml');
});

test('where nothing can be written the files are read each time', () => {
  writeFileSync(join(folder, 'cache'), 'a file in the place of the folder');
  expect(load().dialogs.length).toBe(load().dialogs.length);
  expect(load().dialogs.length).toBeGreaterThan(10);
});
