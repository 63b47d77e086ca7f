import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { parse } from 'csv-parse';

/** One row of a file, before anything is known about it. */
export interface SourceRow {
  /** From 1, as an editor counts; the heading of a CSV file is line 1. */
  readonly line: number;
  readonly value: unknown;
  /** Why the line could not be read at all. */
  readonly problem?: string;
}

/** So much of a file is in memory at once. */
const CHUNK_BYTES = 262_144;

/** Reads a `.jsonl` or `.csv` file some rows at a time, so that its size does not matter. */
export function readRows(file: string): AsyncIterable<readonly SourceRow[]> {
  switch (extname(file).toLowerCase()) {
    case '.jsonl':
      return readJsonLines(file);
    case '.csv':
      return readCsv(file);
    default:
      throw new Error(`${file}: only .jsonl and .csv files can be imported.`);
  }
}

async function* readJsonLines(file: string): AsyncIterable<readonly SourceRow[]> {
  let line = 0;
  const rowsOf = (lines: readonly string[]) =>
    lines.flatMap((written) => {
      line += 1;
      return jsonRow(line, written);
    });
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: CHUNK_BYTES })) {
    const lines = `${rest}${chunk as string}`.split('\n');
    rest = lines.pop() ?? '';
    yield rowsOf(lines);
  }
  yield rowsOf([rest]);
}

function jsonRow(line: number, written: string): SourceRow | [] {
  // Also takes away the byte order mark that some editors write, and the other half of a line's end on Windows.
  const text = written.trim();
  if (text === '') {
    return [];
  }
  try {
    return { line, value: JSON.parse(text) };
  } catch {
    return { line, value: text, problem: 'is not JSON' };
  }
}

async function* readCsv(file: string): AsyncIterable<readonly SourceRow[]> {
  const rows = createReadStream(file).pipe(
    parse({ bom: true, columns: true, info: true, skip_empty_lines: true, trim: true, relax_column_count: true }),
  );
  for await (const { record, info } of rows as AsyncIterable<CsvRow>) {
    const value = Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== ''));
    const isWhole = info.error === undefined;
    yield [
      isWhole
        ? { line: info.lines, value }
        : { line: info.lines, value, problem: 'has not as many cells as the heading' },
    ];
  }
}

interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number; readonly error?: unknown };
}
