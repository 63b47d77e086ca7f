import { spawnSync } from 'node:child_process';

/** `npm run check`: everything about the sources that can be checked without running the tests. */
const steps: readonly (readonly [what: string, ...command: string[]])[] = [
  ['format and lint', 'biome', 'ci', '--error-on-warnings'],
  ['types', 'tsc', '-p', '.'],
  ['imports', 'depcruise', 'src', 'simulators', 'test', 'scripts'],
  ['unused files, exports and packages', 'knip'],
  ['files of data', 'node', 'scripts/check-data.ts'],
  ['dialogs and intents', 'node', 'scripts/check-dialogs.ts'],
  ['training utterances', 'node', 'scripts/nlu.ts', 'lint'],
  ['dialog drawings', 'node', 'scripts/draw-dialogs.ts', '--check'],
  ['folder drawing', 'node', 'scripts/draw-folders.ts', '--check'],
  ['paths named in the docs', 'node', 'scripts/check/doc-paths.ts'],
  ['commands named in the docs', 'node', 'scripts/check/doc-commands.ts'],
];

const failed: string[] = [];
for (const [what, command = '', ...args] of steps) {
  const startedAt = performance.now();
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  if (status === 0) {
    console.log(`✓ ${what} (${seconds} s)`);
  } else {
    failed.push(what);
    console.error(`✗ ${what}: \`${[command, ...args].join(' ')}\` ${error?.message ?? `ended with ${status}`}`);
  }
}
if (failed.length > 0) {
  console.error(`\nCheck failed: ${failed.join('; ')}.`);
  process.exitCode = 1;
}
