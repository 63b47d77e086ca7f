import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * `npm run test:file -- [--at 2026-11-29T02:00:00+07:00] <jest arguments>`: runs test files, on demand as if the machine's
 * clock showed another time. The processes that a test starts live at that time too.
 */
const JEST = join(import.meta.dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');
const SHIFT_FILE = join(import.meta.dirname, 'shift-clock.mjs');

const args = process.argv.slice(2);
const place = args.indexOf('--at');
const isNow = place < 0;
const [, at = ''] = isNow ? [] : args.splice(place, 2);
const time = isNow ? Date.now() : Date.parse(at);
if (Number.isNaN(time)) {
  console.error(`--at needs an ISO time such as 2026-11-29T02:00:00+07:00, got ${JSON.stringify(at)}.`);
  process.exit(1);
}
const shiftEnv = {
  CLOCK_SHIFT_MS: String(time - Date.now()),
  NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import ${pathToFileURL(SHIFT_FILE).href}`,
};
const jest = spawn(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', JEST, ...args, ...(isNow ? [] : ['--setupFiles', SHIFT_FILE])],
  { env: isNow ? process.env : { ...process.env, ...shiftEnv }, stdio: 'inherit' },
);
jest.once('close', (code) => {
  process.exitCode = code ?? 1;
});
