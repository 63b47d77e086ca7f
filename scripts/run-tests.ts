import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Servers and browsers of the tests need the bundles.
import './build-pages.ts';

/**
 * Runs the test files with a deadline around all of them, so that a test which hangs is a failure and not a wait.
 * `--quick` leaves out those that need a server or a browser.
 */
const ROOT = join(import.meta.dirname, '..');
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const DEADLINE_MS = 13 * 60_000;
const PATIENCE_MS = 5_000;
/** What a slow test file imports, or starts. */
const NEEDS_MORE = /support\/(?:servers\/|chromium)|playwright|child_process/;

const isQuick = process.argv.includes('--quick');
const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-tests-'));
const results = join(folder, 'results.json');
const args = [
  '--experimental-vm-modules',
  '--no-warnings',
  JEST,
  '--maxWorkers=2',
  '--json',
  `--outputFile=${results}`,
];
const jest = spawn(process.execPath, isQuick ? [...args, '--runTestsByPath', ...quickTests()] : args, {
  cwd: ROOT,
  // The JSON goes to the file as well; what people read is on the standard error output.
  stdio: ['ignore', 'ignore', 'inherit'],
});
const deadline = setTimeout(() => {
  console.error(`The tests did not end within ${DEADLINE_MS / 60_000} minutes: one of them hangs. Ending them.`);
  jest.kill('SIGTERM');
  setTimeout(() => jest.kill('SIGKILL'), PATIENCE_MS).unref();
}, DEADLINE_MS);
jest.once('close', (code) => {
  clearTimeout(deadline);
  printTotal();
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});

function quickTests(): string[] {
  return readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name) && !name.startsWith('server'))
    .map((name) => join('test', name))
    .filter((file) => !NEEDS_MORE.test(readFileSync(join(ROOT, file), 'utf8')));
}

function printTotal(): void {
  try {
    const total = JSON.parse(readFileSync(results, 'utf8')) as Record<string, number>;
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = total;
    console.log(`Total: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  } catch {
    console.error('The tests ended without a result.');
  }
}
