import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Draws which folder imports which into `docs/folders.md`; with `--check` only says whether the drawing is stale. */
const ROOT = join(import.meta.dirname, '..');
const DRAWING = join(ROOT, 'docs', 'folders.md');

interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
}

const cruised = execFileSync('depcruise', ['src', '--include-only', '^src', '--output-type', 'json'], {
  cwd: ROOT,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const drawing = draw(JSON.parse(cruised) as Cruise);
const isFresh = existsSync(DRAWING) && readFileSync(DRAWING, 'utf8') === drawing;
if (!process.argv.includes('--check')) {
  writeFileSync(DRAWING, drawing);
} else if (!isFresh) {
  console.error('docs/folders.md is stale. Run `npm run draw` and commit it.');
  process.exitCode = 1;
}

function draw({ modules }: Cruise): string {
  const arrows = new Set(
    modules.flatMap(({ source, dependencies }) =>
      dependencies
        .map(({ resolved }) => [folderOf(source), folderOf(resolved)])
        .filter(([from, to]) => from !== to)
        .map(([from, to]) => `  ${from} --> ${to}`),
    ),
  );
  return [
    '# Which folder imports which',
    '',
    'Drawn from the sources by `npm run draw`; the check fails when it is stale. The rules, each with what to do instead,',
    'are in `.dependency-cruiser.mjs`.',
    '',
    '```mermaid',
    'flowchart LR',
    ...[...arrows].sort(),
    '```',
    '',
  ].join('\n');
}

/** `src/bot/turn.ts` → `bot`, `src/integrations/channels/web/…` → `integrations/channels/web`, `src/main.ts` → `main`. */
function folderOf(file: string): string {
  const [, first = '', second = '', third = ''] = file.split('/');
  if (second === '') {
    return 'main';
  }
  if (first !== 'integrations') {
    return first;
  }
  const isGroup = second === 'channels' || second === 'storage';
  const folder = isGroup && !third.includes('.') ? `${second}/${third}` : second;
  return folder.includes('.') ? 'integrations' : `integrations/${folder}`;
}
