import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RACES } from './races.ts';

/** `npm run test:races`: the races of the desk and nothing else, each by its name. */
const ROOT = join(import.meta.dirname, '..');
const missing = RACES.filter(({ file, test }) => !readFileSync(join(ROOT, file), 'utf8').includes(test));
if (missing.length > 0) {
  const rows = missing.map(({ race, file, test }) => `${race}: ${file} has no test "${test}"`);
  console.error(`${rows.join('\n')}\nBring scripts/races.ts up to date.`);
  process.exit(1);
}
const files = [...new Set(RACES.map(({ file }) => file))];
const names = RACES.map(({ test }) => test.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
const flags = ['--experimental-vm-modules', '--no-warnings', jest, '-w', '1', '--verbose'];
const { status } = spawnSync(
  process.execPath,
  [...flags, '--testNamePattern', names.join('|'), '--runTestsByPath', ...files],
  {
    ...{ cwd: ROOT, stdio: 'inherit' },
  },
);
process.exitCode = status ?? 1;
