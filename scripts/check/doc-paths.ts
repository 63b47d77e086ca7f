import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Fails when README.md or a page of docs/ names a path of the repository that does not exist. */
const ROOT = join(import.meta.dirname, '..', '..');
/** A path in code marks that begins with one of our folders, such as `src/bot/outbox.ts`. */
const NAMED = /`((?:src|simulators|test|scripts|docs|data|\.ci)\/[\w./-]*)`/g;
/** The target of a link to a place in the repository. */
const LINKED = /\]\((?!https?:|mailto:|#)([^)\s#]+)[^)]*\)/g;

const pages = ['README.md', 'CHANGELOG.md', ...markdownIn('docs')].filter((page) => existsSync(join(ROOT, page)));
const broken = pages.flatMap((page) => brokenPaths(page).map((path) => `${page} names ${path}`));
for (const line of broken) {
  console.error(`${line}, which does not exist: correct the path, or the page.`);
}
console.log(`${pages.length} pages, ${broken.length} broken paths.`);
process.exitCode = broken.length > 0 ? 1 : 0;

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

function brokenPaths(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const named = [...text.matchAll(NAMED)].map(([, path = '']) => path);
  const linked = [...text.matchAll(LINKED)].map(([, path = '']) => relative(ROOT, join(ROOT, dirname(page), path)));
  return [...new Set([...named, ...linked])].filter((path) => !existsSync(join(ROOT, path)));
}
