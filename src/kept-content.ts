import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Answer } from './dialogs/answer.ts';
import type { Dialog } from './dialogs/dialog.ts';
import { loadAnswers } from './dialogs/load-answers.ts';
import { loadDialogs } from './dialogs/load-dialogs.ts';
import { writeWhole } from './nlu/load-model.ts';
import { loadTariffs } from './tariffs/load-tariffs.ts';
import type { Tariffs } from './tariffs/tariff.ts';

/** Content that takes long to read and check, and is plain data afterwards. */
export interface KeptContent {
  readonly dialogs: readonly Dialog[];
  readonly answers: readonly Answer[];
  readonly tariffs: Tariffs;
}

interface Kept {
  readonly key: string;
  readonly content: KeptContent;
}

export interface ContentSources {
  readonly treesFolder: string;
  readonly intents: readonly string[];
  /** Where the checked content is kept; made when absent or of other sources. */
  readonly cacheFile: string;
}

const ROOT = join(import.meta.dirname, '..');
/** All that decides what comes of the files: the files, whatever reads and checks them, and the libraries of these. */
const SOURCES = ['data/answers', 'data/tariffs', 'src/dialogs', 'src/nlu', 'src/tariffs', 'package-lock.json'];

/** Dialogs, answers and prices as they were read and checked last time, or anew when anything of it has changed. */
export function loadKeptContent({ treesFolder, intents, cacheFile }: ContentSources): KeptContent {
  const key = keyOf([...SOURCES.map((name) => join(ROOT, name)), treesFolder], intents);
  const kept = readKept(cacheFile);
  if (kept?.key === key) {
    return kept.content;
  }
  const content = { dialogs: loadDialogs(treesFolder, { intents }), answers: loadAnswers(), tariffs: loadTariffs() };
  keep(cacheFile, { key, content });
  return content;
}

function keyOf(sources: readonly string[], intents: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(intents));
  for (const file of sources.flatMap(filesIn)) {
    const bytes = readFileSync(file);
    hash.update(`\n${relative(ROOT, file)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** The files of a folder and of those inside it; a file itself; none where there is nothing. */
function filesIn(path: string): readonly string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOTDIR' ? [path] : [];
  }
}

function readKept(file: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}

/** Where nothing can be written the next start reads the files again. */
function keep(file: string, kept: Kept): void {
  try {
    writeWhole(file, JSON.stringify(kept));
  } catch {
    // Only time is lost.
  }
}
