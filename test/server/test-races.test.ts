import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const RACES = join(import.meta.dirname, '../../scripts/test-races.ts');

test.each([
  ['--help', 0],
  ['--nonsense', 1],
])('says with %s how it is used, runs no race, and ends with %d', (flag, code) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [RACES, flag], { encoding: 'utf8', timeout: 15_000 });
  expect(stdout + stderr).toContain('--without-guards [part of a name]');
  expect(status).toBe(code);
  expect(stderr).not.toMatch(/^ +at /m);
});
