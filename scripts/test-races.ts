import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RACES, type Race } from './races.ts';
import { readFlags } from './read-flags.ts';

const USAGE = `npm run test:races
  The races of the desk and nothing else, each by its name.
npm run test:races -- --without-guards [part of a name]
  Each race in a copy of the project whose guards for it are taken out; every test must fail there.`;
const ROOT = join(import.meta.dirname, '..');
const COPIED = ['data', 'scripts', 'simulators', 'src', 'test', 'jest.config.js', 'package.json', 'tsconfig.json'];
const LINKED = ['dist', 'node_modules'];
const {
  values: { 'without-guards': areGuardsOut },
  positionals: [part = ''],
} = readFlags(USAGE, { options: { 'without-guards': { type: 'boolean' } }, allowPositionals: true });

const missing = RACES.filter(({ file, test }) => !readFileSync(join(ROOT, file), 'utf8').includes(test));
if (missing.length > 0) {
  const rows = missing.map(({ race, file, test }) => `${race}: ${file} has no test "${test}"`);
  console.error(`${rows.join('\n')}\nBring scripts/races.ts up to date.`);
  process.exit(1);
}
process.exitCode = areGuardsOut ? runWithoutGuards() : run(ROOT, RACES, 'inherit');

/** Runs the tests of these races in that folder; returns how jest ended. */
function run(folder: string, races: readonly Race[], stdio: 'inherit' | 'ignore', ...more: readonly string[]): number {
  const files = [...new Set(races.map(({ file }) => file))];
  const names = races.map(({ test }) => test.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const flags = ['--experimental-vm-modules', '--no-warnings', jest, '-w', '1', '--verbose'];
  const { status } = spawnSync(
    process.execPath,
    [...flags, ...more, '--testNamePattern', names.join('|'), '--runTestsByPath', ...files],
    { cwd: folder, stdio },
  );
  return status ?? 1;
}

function runWithoutGuards(): number {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-races-'));
  try {
    for (const name of COPIED) {
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    for (const name of LINKED) {
      symlinkSync(join(ROOT, name), join(folder, name));
    }
    const unseen = RACES.filter(({ race }) => race.includes(part)).filter((race) => !isSeenToFail(folder, race));
    return unseen.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As jest writes it. */
interface Report {
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

function isSeenToFail(folder: string, race: Race): boolean {
  const files = [...new Set(race.guards.map(({ file }) => file))];
  for (const { file, code, without } of race.guards) {
    const path = join(folder, file);
    const source = readFileSync(path, 'utf8');
    if (!source.includes(code)) {
      throw new Error(`${race.race}: ${file} does not have the guard "${code}". Bring scripts/races.ts up to date.`);
    }
    writeFileSync(
      path,
      source.replace(code, () => without),
    );
  }
  const report = join(folder, 'report.json');
  run(folder, [race], 'ignore', '--json', `--outputFile=${report}`);
  // A test that could not even begin has shown nothing.
  const { numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const hasFailed = numFailedTests > 0 && numRuntimeErrorTestSuites === 0;
  for (const file of files) {
    cpSync(join(ROOT, file), join(folder, file));
  }
  console.log(`${hasFailed ? '✓ fails' : '✗ PASSES'} without its guard: ${race.race}`);
  return hasFailed;
}
