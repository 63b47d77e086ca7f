import { createWriteStream, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import type { TicketStore } from '../../bot/ports.ts';
import type { Ticket } from '../../bot/records.ts';
import { loadNoticeRules } from '../notices/load-notice-rules.ts';
import type { TicketNews, TicketNewsBox } from '../storage/ticket-news.ts';
import type { RecordKind, UtilityRecords } from '../storage/utility-records.ts';
import { importedTicket } from './imported-ticket.ts';
import { readRows, type SourceRow } from './read-rows.ts';
import { RECORD_KINDS, RECORD_SCHEMAS } from './record-schemas.ts';

/** Some twenty milliseconds in the file: a message that comes meanwhile waits no longer. */
const BATCH_SIZE = 1_000;
const MOST_REASONS = 3;

/** The database belongs to the demo: real data must not mix with it. */
export class DemoDataError extends Error {
  override readonly name = 'DemoDataError';
  readonly code = 'demo_data';
}

export interface ImportRequest {
  readonly records: UtilityRecords;
  readonly tickets: Pick<TicketStore, 'ticket'>;
  readonly ticketNews: Pick<TicketNewsBox, 'put'>;
  readonly files: readonly string[];
  /** What the files hold, when their names do not say it. */
  readonly kind?: RecordKind;
  /** Stamp written into each record; shown with figures as the version they come from. */
  readonly version?: string;
  /** What accounts may be, when it is not as `data/notices/rules.yaml` says. */
  readonly accountKinds?: readonly string[];
  /** Called after each batch and at the end of each file. */
  readonly onProgress?: (progress: FileReport) => void;
}

export interface FileReport {
  readonly file: string;
  readonly kind: RecordKind;
  readonly imported: number;
  readonly rejected: number;
  /** Where the rejected rows are, with line and reason. */
  readonly rejectedFile?: string;
}

export interface ImportReport {
  readonly version: string;
  readonly files: readonly FileReport[];
}

/**
 * Puts the utility's files into the database, in batches. A record replaces the one with the same key, so an
 * interrupted import is simply run again. Rows that are wrong go to `<file>.rejected.jsonl`, the rest goes in.
 */
export async function importRecords(request: ImportRequest): Promise<ImportReport> {
  const { records, files, version = `import-${new Date().toISOString()}` } = request;
  if ((await records.mark('kind')) === 'demo') {
    throw new DemoDataError('This database holds the demo data. Give another file with --db.');
  }
  const kinds = files.map((file) => request.kind ?? kindOf(file));
  await records.setMark('kind', 'real');
  const { accountKinds = [...loadNoticeRules().plannedOutage.leadMs.keys()] } = request;
  const reports: FileReport[] = [];
  for (const [index, file] of files.entries()) {
    const kind = kinds[index] as RecordKind;
    reports.push(
      await importFile({ ...request, accountKinds, file, kind, version, onProgress: request.onProgress ?? (() => {}) }),
    );
  }
  return { version, files: reports };
}

/** `bills-2026-10.csv` holds bills. */
function kindOf(file: string): RecordKind {
  const name = basename(file).toLowerCase();
  const kind = RECORD_KINDS.find((candidate) => name.startsWith(candidate));
  if (kind === undefined) {
    throw new Error(`${file}: the name does not begin with ${RECORD_KINDS.join(', ')}. Rename it or give --kind.`);
  }
  return kind;
}

interface FileImport extends Pick<ImportRequest, 'records' | 'tickets' | 'ticketNews'> {
  readonly accountKinds: readonly string[];
  readonly file: string;
  readonly kind: RecordKind;
  readonly version: string;
  readonly onProgress: (progress: FileReport) => void;
}

async function importFile(request: FileImport): Promise<FileReport> {
  const { file, kind, version, records, onProgress } = request;
  const rejects = createRejects(`${file}.rejected.jsonl`);
  let imported = 0;
  let batch: unknown[] = [];
  const report = (): FileReport => ({ file, kind, imported, ...rejects.report() });
  const flush = async () => {
    const rows = batch;
    batch = [];
    await records.put(kind, (kind === 'tickets' ? await beside(rows as Ticket[], request) : rows) as never);
    imported += rows.length;
    onProgress(report());
  };
  try {
    for await (const rows of readRows(file)) {
      for (const row of rows) {
        const checked = check(request, row);
        if ('reason' in checked) {
          await rejects.add({ line: row.line, reason: checked.reason, row: row.value });
          continue;
        }
        batch.push({ ...checked.record, version });
        if (batch.length >= BATCH_SIZE) {
          await flush();
        }
      }
    }
    await flush();
  } finally {
    await rejects.close();
  }
  return report();
}

/** Tickets as they are to be written beside what is known of them. News are left first: the service tells what has come true. */
async function beside(rows: readonly Ticket[], { tickets, ticketNews }: FileImport): Promise<readonly Ticket[]> {
  const now = Date.now();
  const news: TicketNews[] = [];
  const records: Ticket[] = [];
  for (const row of rows) {
    const known = await tickets.ticket(row.number);
    const { record, isNews } = known === undefined ? { record: row, isNews: false } : importedTicket(known, row, now);
    records.push(record);
    if (isNews) {
      news.push({ number: row.number, state: row.state, at: now });
    }
  }
  await ticketNews.put(news);
  return records;
}

function check(
  { kind, accountKinds }: FileImport,
  row: SourceRow,
): { readonly record: object } | { readonly reason: string } {
  if (row.problem !== undefined) {
    return { reason: `line ${row.problem}` };
  }
  const result = RECORD_SCHEMAS[kind].safeParse(row.value);
  if (result.success) {
    const { kind: accountKind } = result.data as { readonly kind?: string };
    return kind === 'accounts' && !accountKinds.includes(accountKind ?? '')
      ? {
          reason: `kind is none of ${accountKinds.join(', ')} (planned_outage.lead_days.accounts of data/notices/rules.yaml)`,
        }
      : { record: result.data };
  }
  const reasons = result.error.issues.slice(0, MOST_REASONS).map(({ path, message }) => `${path.join('.')} ${message}`);
  return { reason: reasons.join('; ').trim() };
}

/** The file of rejected rows: made with the first of them, gone when an earlier run left one and none is left. */
function createRejects(path: string) {
  rmSync(path, { force: true });
  let stream: ReturnType<typeof createWriteStream> | undefined;
  let rejected = 0;
  return {
    async add(reject: { readonly line: number; readonly reason: string; readonly row: unknown }): Promise<void> {
      stream ??= createWriteStream(path, { mode: 0o600 });
      rejected += 1;
      if (!stream.write(`${JSON.stringify(reject)}\n`)) {
        await new Promise<void>((resolve) => stream?.once('drain', resolve));
      }
    },
    async close(): Promise<void> {
      if (stream !== undefined) {
        stream.end();
        await finished(stream);
      }
    },
    report: () => ({ rejected, ...(stream !== undefined && { rejectedFile: path }) }),
  };
}
