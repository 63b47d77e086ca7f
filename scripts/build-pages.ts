import { existsSync } from 'node:fs';
import { build } from 'esbuild';
import { bundles, PAGES_FOLDER } from './pages.ts';

/** Bundles the browser pages (widget, customer page, desk) into `dist/pages`. */
await build({
  entryPoints: Object.fromEntries(Object.entries(bundles).filter(([, source]) => existsSync(source))),
  outdir: PAGES_FOLDER,
  bundle: true,
  minify: true,
  sourcemap: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
