import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { bundles } from '../../scripts/pages.ts';

const BUNDLE_TIMEOUT_MS = 60_000;
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

/** The desk's page, bundled once for all tests of a file; registers its own hooks. */
export function bundleDesk(): { readonly folder: string } {
  let folder: string;
  beforeAll(() => {
    folder = bundlePages(['desk']);
  }, BUNDLE_TIMEOUT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    get folder() {
      return folder;
    },
  };
}
