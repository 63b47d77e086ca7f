import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundles } from '../../scripts/pages.ts';

const ESBUILD = join(import.meta.dirname, '../../node_modules/.bin/esbuild');

/** Bundles the pages with these names into a folder of their own, and returns it. */
export function bundlePages(names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-pages-'));
  const entries = names.map((name) => `${name}=${bundles[name] ?? ''}`);
  // As a process of its own: inside jest's sandbox esbuild meets foreign typed arrays.
  const how = ['--bundle', '--format=esm', '--target=es2022', '--define:process.env.NODE_ENV="production"'];
  execFileSync(ESBUILD, [...entries, `--outdir=${folder}`, ...how], { stdio: ['ignore', 'ignore', 'pipe'] });
  return folder;
}
