import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';

/** One row of a file, before anything is known about it. */
export interface SourceRow {
  /** From 1, as an editor counts; the heading of a CSV file is line 1. */
  readonly line: number;
  readonly value: unknown;
  /** Why the line could not be read at all. */
  readonly problem?: string;
}

/** Reads a `.jsonl` or `.csv` file row by row, so that its size does not matter. */
export function readRows(file: string): AsyncIterable<SourceRow> {
  switch (extname(file).toLowerCase()) {
    case '.jsonl':
      return readJsonLines(file);
    case '.csv':
      return readCsv(file);
    default:
      throw new Error(`${file}: only .jsonl and .csv files can be imported.`);
  }
}

async function* readJsonLines(file: string): AsyncIterable<SourceRow> {
  let line = 0;
  for await (const written of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1;
    // Also takes away the byte order mark that some editors write.
    const text = written.trim();
    if (text === '') {
      continue;
    }
    try {
      yield { line, value: JSON.parse(text) };
    } catch {
      yield { line, value: text, problem: 'is not JSON' };
    }
  }
}

async function* readCsv(file: string): AsyncIterable<SourceRow> {
  const rows = createReadStream(file).pipe(
    parse({ bom: true, columns: true, info: true, skip_empty_lines: true, trim: true, relax_column_count: true }),
  );
  for await (const { record, info } of rows as AsyncIterable<CsvRow>) {
    const value = Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== ''));
    const isWhole = info.error === undefined;
    yield isWhole
      ? { line: info.lines, value }
      : { line: info.lines, value, problem: 'has not as many cells as the heading' };
  }
}

interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number; readonly error?: unknown };
}
