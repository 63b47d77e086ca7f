import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importRecords } from '../../../src/integrations/records-import/import-records.ts';
import type { Storage } from '../../../src/integrations/storage/storage.ts';
import { percentile } from '../../percentile.ts';
import { openTarget } from '../../storage/open-target.ts';
import { codeOf, writeBills, writeCustomers } from './generate-records.ts';

export interface ImportOptions {
  readonly customers: number;
  /** For each of them. */
  readonly bills: number;
}

export interface ImportResult {
  readonly engine: 'sqlite' | 'mongo';
  readonly rows: number;
  readonly rowsPerSecond: number;
  readonly seconds: number;
  /** What a core that does nothing else would do, as far as this process is concerned. */
  readonly rowsPerCpuSecond: number;
  /** Of the database file; absent where it is on a server. */
  readonly diskMb?: number;
  /** Memory of the process after each tenth of the import: flat when it does not grow with the rows. */
  readonly rssMb: readonly number[];
  readonly customerP50Ms: number;
  readonly customerP95Ms: number;
  readonly billsP50Ms: number;
  readonly billsP95Ms: number;
}

/** Customers of one pair of files: they are gone again before the next are written. */
const CHUNK = 50_000;
const LOOK_UPS = 1_000;
const TENTHS = 10;
const MB = 1_000_000;

/** Imports generated files as `npm run import` does, and looks customers up; on the server of `MONGODB_URL` when it is set. */
export async function benchImport({ customers, bills }: ImportOptions): Promise<ImportResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-bench-import-'));
  const isMongo = Boolean(process.env['MONGODB_URL']);
  const storage = await openTarget(isMongo ? undefined : join(folder, 'data.sqlite'));
  try {
    const rssMb: number[] = [];
    let seconds = 0;
    let cpuSeconds = 0;
    for (let from = 0; from < customers; from += CHUNK) {
      const to = Math.min(from + CHUNK, customers);
      const took = await importChunk({ storage, folder, from, to, bills });
      seconds += took.seconds;
      cpuSeconds += took.cpuSeconds;
      console.error(`${to} of ${customers} customers, ${Math.round((to * (1 + bills)) / seconds)} rows/s`);
      while (rssMb.length < Math.floor((to / customers) * TENTHS)) {
        rssMb.push(Math.round(process.memoryUsage.rss() / MB));
      }
    }
    const rows = customers * (1 + bills);
    return {
      ...{ engine: isMongo ? 'mongo' : 'sqlite', rows, seconds: Math.round(seconds) },
      ...{ rowsPerSecond: Math.round(rows / seconds), rowsPerCpuSecond: Math.round(rows / cpuSeconds), rssMb },
      ...(!isMongo && { diskMb: Math.round(sizeOf(folder) / MB) }),
      ...(await measureLookUps(storage, customers)),
    };
  } finally {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long the import took; the files are written before. */
async function importChunk(chunk: {
  readonly storage: Storage;
  readonly folder: string;
  readonly from: number;
  readonly to: number;
  readonly bills: number;
}): Promise<{ readonly seconds: number; readonly cpuSeconds: number }> {
  const { storage, folder, from, to, bills } = chunk;
  const files = ['customers.jsonl', 'bills.jsonl'].map((name) => join(folder, name));
  const [customersFile = '', billsFile = ''] = files;
  await writeCustomers(customersFile, from, to);
  await writeBills(billsFile, from, to, bills);
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const { files: reports } = await importRecords({ ...storage, files });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const rejected = reports.reduce((sum, report) => sum + report.rejected, 0);
  if (rejected > 0) {
    throw new Error(`${rejected} generated rows were refused: the figures would mean nothing.`);
  }
  for (const file of files) {
    rmSync(file);
  }
  return { seconds, cpuSeconds: (user + system) / MB };
}

async function measureLookUps({ customers: records }: Storage, customers: number) {
  const ofCustomer: number[] = [];
  const ofBills: number[] = [];
  for (let count = 0; count < LOOK_UPS; count += 1) {
    const code = codeOf(Math.floor((count * customers) / LOOK_UPS));
    ofCustomer.push(await timed(() => records.customer(code)));
    ofBills.push(await timed(() => records.bills(code, { limit: 13 })));
  }
  return {
    customerP50Ms: roundedAt(ofCustomer, 0.5),
    customerP95Ms: roundedAt(ofCustomer, 0.95),
    billsP50Ms: roundedAt(ofBills, 0.5),
    billsP95Ms: roundedAt(ofBills, 0.95),
  };
}

async function timed(lookUp: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  if ((await lookUp()) === undefined) {
    throw new Error('A customer that was imported is not there.');
  }
  return performance.now() - startedAt;
}

function roundedAt(values: readonly number[], share: number): number {
  return Number((percentile(values, share) ?? Number.NaN).toFixed(3));
}

function sizeOf(folder: string): number {
  return readdirSync(folder)
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}
