import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where programs that provisioning builds are kept from one run to the next. */
export const PROGRAM_CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'lang-nghe', 'bin');

/** The MongoDB-compatible server that is built where no `mongod` can be had. */
export const FERRETDB = { module: 'github.com/FerretDB/FerretDB', version: 'v1.24.2', program: 'ferretdb-1.24.2' };

/** The full path of a program: built by provisioning, or on the PATH. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = [PROGRAM_CACHE, ...(process.env['PATH'] ?? '').split(delimiter)];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
