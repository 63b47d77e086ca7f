import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Fails when README.md or a page of docs/ names an `npm run …` that package.json does not have, and when README.md does not
 * name one that it has.
 */
const ROOT = join(import.meta.dirname, '..', '..');
const NAMED = /npm run (?:--silent |-s )?([a-z][\w:-]*)/g;

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const pages = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map(inDocs),
].filter((page) => page.endsWith('.md'));
const unknown = pages.flatMap((page) => {
  const named = [...readFileSync(join(ROOT, page), 'utf8').matchAll(NAMED)].map(([, name = '']) => name);
  return [...new Set(named)]
    .filter((name) => scripts[name] === undefined)
    .map((name) => `${page} names npm run ${name}`);
});
for (const line of unknown) {
  console.error(`${line}, which package.json does not have: correct the command, or the page.`);
}
// `npm start` and `npm test` need no `run`; npm itself starts what begins with `pre`.
const inReadme = new Set([...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(NAMED)].map(([, name]) => name));
const untold = Object.keys(scripts).filter((name) => !/^(?:start|test|pre.+)$/.test(name) && !inReadme.has(name));
for (const name of untold) {
  console.error(`README.md does not name npm run ${name}: add it to the table of commands.`);
}
console.log(`${pages.length} pages, ${unknown.length} unknown commands, ${untold.length} untold ones.`);
process.exitCode = unknown.length + untold.length > 0 ? 1 : 0;

function inDocs(page: string): string {
  return join('docs', page);
}
