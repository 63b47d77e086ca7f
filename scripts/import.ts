import { existsSync } from 'node:fs';
import { type FileReport, importRecords } from '../src/integrations/records-import/import-records.ts';
import { RECORD_KINDS } from '../src/integrations/records-import/record-schemas.ts';
import type { RecordKind } from '../src/integrations/storage/utility-records.ts';
import { readFlags } from './read-flags.ts';
import { openTarget } from './storage/open-target.ts';

const USAGE = `Usage: npm run import -- [--db <file>] [--kind ${RECORD_KINDS.join('|')}] <file.jsonl|file.csv> …
Without --db: the database of MONGODB_URL, else the file in DATA_DIR.
Format of the files: docs/data-format.md`;

function readArguments() {
  const { values, positionals } = readFlags(USAGE, {
    allowPositionals: true,
    options: { db: { type: 'string' }, kind: { type: 'string' } },
  });
  const kind = RECORD_KINDS.find((candidate) => candidate === values.kind);
  const missing = positionals.find((file) => !existsSync(file));
  if (positionals.length === 0 || (values.kind !== undefined && kind === undefined)) {
    throw new Error(USAGE);
  }
  if (missing !== undefined) {
    throw new Error(`There is no file ${missing}.`);
  }
  return { db: values.db, kind, files: positionals };
}

function show({ file, imported, rejected }: FileReport): void {
  process.stderr.write(`\r${file}: ${imported} imported, ${rejected} rejected`);
}

async function run(): Promise<void> {
  const { db: path, kind, files } = readArguments();
  const storage = await openTarget(path);
  try {
    const report = await importRecords({
      ...storage,
      files,
      onProgress: show,
      ...(kind && { kind: kind as RecordKind }),
    });
    process.stderr.write('\n');
    for (const { file, rejected, rejectedFile } of report.files.filter((entry) => entry.rejected > 0)) {
      console.error(`${rejected} rows of ${file} were rejected: see ${rejectedFile}.`);
    }
  } finally {
    await storage.close();
  }
}

run().catch((error: unknown) => {
  console.error(`\nCannot import: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
