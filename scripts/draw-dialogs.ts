import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawDialog } from '../src/dialogs/authoring/draw-dialog.ts';
import { drawDialogIndex } from '../src/dialogs/authoring/draw-dialog-index.ts';
import { drawDialogSchema } from '../src/dialogs/authoring/draw-dialog-schema.ts';
import { loadDialogs } from '../src/dialogs/load-dialogs.ts';

const ROOT = join(import.meta.dirname, '..');
const DRAWINGS = join(ROOT, 'docs', 'dialogs');
const SCHEMA = join(ROOT, 'src', 'dialogs', 'authoring', 'dialog.schema.json');

/** Writes the drawings of all dialogs and the schema for editors; with --check only says whether they are stale. */
function main(): void {
  const isCheck = process.argv.includes('--check');
  const dialogs = loadDialogs(join(ROOT, 'src', 'dialogs', 'trees'));
  const files = new Map<string, string>([
    [SCHEMA, drawDialogSchema()],
    [join(DRAWINGS, 'README.md'), drawDialogIndex(dialogs)],
    ...dialogs.map((dialog) => [join(DRAWINGS, `${dialog.id}.md`), drawDialog(dialog)] as const),
  ]);
  mkdirSync(DRAWINGS, { recursive: true });
  const stale = [...files].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text);
  const orphans = readdirSync(DRAWINGS)
    .map((name) => join(DRAWINGS, name))
    .filter((file) => !files.has(file));
  if (!isCheck) {
    for (const [file, text] of stale) {
      writeFileSync(file, text);
    }
    for (const file of orphans) {
      rmSync(file);
    }
    return;
  }
  const wrong = [...stale.map(([file]) => file), ...orphans];
  if (wrong.length > 0) {
    console.error(
      `Stale: ${wrong.map((file) => file.slice(ROOT.length + 1)).join(', ')}. Run: node scripts/draw-dialogs.ts`,
    );
    process.exitCode = 1;
  }
}

main();
