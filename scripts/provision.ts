import { FERRETDB, findProgram } from '../test/support/servers/find-program.ts';
import { buildFerretdb } from './provision/build-ferretdb.ts';
import { installDebianPackage } from './provision/install-debian-package.ts';

/**
 * `npm run provision`: makes sure that the tests find a MongoDB-compatible server, Redis and Chromium. Quick when all
 * is there. What cannot be had is said; in CI it is a failure.
 */
interface Need {
  readonly name: string;
  /** Where it is already, if it is. */
  find(): string | undefined;
  /** Gets it; throws with the reason and what a person can do. */
  obtain(): void;
}

const needs: readonly Need[] = [
  {
    name: 'MongoDB',
    find: () => (process.env['MONGODB_URL'] ? 'MONGODB_URL' : findProgram('mongod', FERRETDB.program)),
    obtain: buildFerretdb,
  },
  {
    name: 'Redis',
    find: () => (process.env['REDIS_URL'] ? 'REDIS_URL' : findProgram('redis-server')),
    obtain: () => installDebianPackage('redis-server'),
  },
  {
    name: 'Chromium',
    find: () => findProgram('chromium', 'chromium-browser', 'google-chrome'),
    obtain: () => installDebianPackage('chromium'),
  },
];

let missing = 0;
for (const need of needs) {
  try {
    if (need.find() === undefined) {
      console.log(`${need.name}: not found, getting it …`);
      need.obtain();
    }
    console.log(`${need.name}: ${need.find() ?? 'still not found'}`);
    missing += need.find() === undefined ? 1 : 0;
  } catch (error) {
    missing += 1;
    console.error(`${need.name}: MISSING. ${error instanceof Error ? error.message : error}`);
  }
}
if (missing > 0) {
  console.error('\nTests that need what is missing are SKIPPED on this machine (in CI they fail).\n');
  process.exitCode = process.env['CI'] === 'true' ? 1 : 0;
}
