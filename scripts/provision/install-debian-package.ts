import { execFileSync } from 'node:child_process';
import { findProgram } from '../../test/support/servers/find-program.ts';

/** Installs a Debian package. Only as root: nobody is asked for a password in the middle of a test run. */
export function installDebianPackage(name: string): void {
  const aptGet = findProgram('apt-get');
  if (aptGet === undefined || process.getuid?.() !== 0) {
    throw new Error(`Install it: \`sudo apt-get install ${name}\`, or the like on your system.`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync(aptGet, ['update', '-q'], { stdio: 'inherit', env });
  execFileSync(aptGet, ['install', '-q', '-y', '--no-install-recommends', name], { stdio: 'inherit', env });
}
