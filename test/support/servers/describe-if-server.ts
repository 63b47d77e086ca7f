import { describe } from '@jest/globals';

/**
 * A group of tests that needs a server. Where it cannot be had the group is skipped, loudly; in CI that is a failure,
 * because nobody would read the warning.
 */
export function describeIfServer(name: string, missing: string | undefined, tests: () => void): void {
  if (missing === undefined) {
    describe(name, tests);
    return;
  }
  const message = `"${name}" needs ${missing}, and none was found. Run \`npm run provision\` to see what to install.`;
  if (process.env['CI'] === 'true') {
    throw new Error(message);
  }
  console.warn(`SKIPPED: ${message}`);
  describe.skip(name, tests);
}
