import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FERRETDB, findProgram, PROGRAM_CACHE } from '../../test/support/servers/find-program.ts';

const WRITABLE_FOLDER = 0o755;
const WRITABLE_FILE = 0o644;

/** Builds FerretDB with its SQLite backend into the cache folder: some two minutes the first time on a machine. */
export function buildFerretdb(): void {
  const go = findProgram('go') ?? findIn('/usr/local/go/bin/go');
  if (go === undefined) {
    throw new Error('Set MONGODB_URL, or install mongod, or install Go 1.24 so that FerretDB can be built.');
  }
  const work = mkdtempSync(join(tmpdir(), 'lang-nghe-ferretdb-'));
  try {
    build(go, work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function build(go: string, work: string): void {
  const { module, version, program } = FERRETDB;
  const source = join(work, 'source');
  const downloaded = execFileSync(go, ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: work,
    encoding: 'utf8',
  });
  cpSync((JSON.parse(downloaded) as { readonly Dir: string }).Dir, source, { recursive: true });
  makeWritable(source);
  // The release process writes this file; it is not in the module, and without it the program refuses to start. That is
  // why the module is copied and built here rather than by `go install`.
  writeFileSync(join(source, 'build', 'version', 'version.txt'), `${version}\n`);
  const built = join(work, program);
  execFileSync(
    go,
    ['build', '-trimpath', '-buildvcs=false', '-tags', 'ferretdb_no_postgresql', '-o', built, './cmd/ferretdb'],
    { cwd: source, stdio: 'inherit', env: { ...process.env, CGO_ENABLED: '0' } },
  );
  mkdirSync(PROGRAM_CACHE, { recursive: true });
  const beside = join(PROGRAM_CACHE, `${program}.${process.pid}`);
  cpSync(built, beside);
  // Renamed into place, so that nobody meets half a program.
  renameSync(beside, join(PROGRAM_CACHE, program));
}

/** The module cache is read-only, and so is its copy. */
function makeWritable(folder: string): void {
  chmodSync(folder, WRITABLE_FOLDER);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      makeWritable(path);
    } else {
      chmodSync(path, WRITABLE_FILE);
    }
  }
}

function findIn(path: string): string | undefined {
  try {
    execFileSync(path, ['version'], { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
}
