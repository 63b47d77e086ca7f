import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { load } from 'js-yaml';
import { loadCannedAnswers } from '../src/integrations/agent-desk/canned-answers.ts';
import { loadDeskRules } from '../src/integrations/agent-desk/load-desk-rules.ts';
import { loadStormRules } from '../src/integrations/incidents/load-storm-rules.ts';
import { loadLimits } from '../src/integrations/limits/load-limits.ts';
import { loadUtility } from '../src/integrations/load-utility.ts';
import { loadNoticeRules } from '../src/integrations/notices/load-notice-rules.ts';
import { loadNoticeTemplates } from '../src/integrations/notices/load-notice-templates.ts';
import { loadRetention } from '../src/integrations/privacy/load-retention.ts';
import { loadIntents } from '../src/nlu/load-intents.ts';
import { loadTariffs } from '../src/tariffs/load-tariffs.ts';
import { retentionMistakes } from './check/retention-mistakes.ts';

const ROOT = join(import.meta.dirname, '..');
const DATA = join(ROOT, 'data');

/** What the server reads when it starts, read as it reads it. Answers and dialogs are read by `check-dialogs.ts`. */
const LOADERS: readonly (() => unknown)[] = [
  loadRetention,
  loadLimits,
  loadDeskRules,
  loadStormRules,
  loadCannedAnswers,
  loadNoticeRules,
  loadNoticeTemplates,
  loadTariffs,
  () => loadUtility(join(DATA, 'utility')),
  () => loadIntents(join(DATA, 'intents')),
];

/** Says every mistake in the YAML files of data/: doubled keys, rows that no loader takes, stores in no class. */
async function main(): Promise<void> {
  const files = readdirSync(DATA, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  const mistakes = files.flatMap((name) => yamlMistakes(join(DATA, name)));
  // A file that is no YAML would be complained of twice.
  if (mistakes.length === 0) {
    mistakes.push(...LOADERS.flatMap(mistakesOf));
  }
  if (mistakes.length === 0) {
    mistakes.push(...(await retentionMistakes()));
  }
  for (const mistake of mistakes) {
    console.error(mistake);
  }
  console.log(`${files.length} files of data, ${mistakes.length} mistakes.`);
  process.exitCode = mistakes.length > 0 ? 1 : 0;
}

function yamlMistakes(path: string): string[] {
  try {
    load(readFileSync(path, 'utf8'));
    return [];
  } catch (error) {
    return [`${relative(ROOT, path)}: ${String(error)}`];
  }
}

function mistakesOf(load: () => unknown): string[] {
  try {
    load();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

await main();
