import { rmSync } from 'node:fs';
import { afterAll, beforeAll } from '@jest/globals';
import { bundlePages } from './bundle-pages.ts';

const BUNDLE_TIMEOUT_MS = 60_000;

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
