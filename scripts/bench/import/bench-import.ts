import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importRecords } from '../../../src/integrations/records-import/import-records.ts';
import type { Storage } from '../../../src/integrations/storage/storage.ts';
import { percentile } from '../../percentile.ts';
import { codeOf, phoneOf, writeBills, writeCustomers } from './generate-records.ts';
import { type ImportTarget, openImportTarget } from './import-target.ts';

export interface ImportOptions {
  /** Into a MongoDB-compatible server that is started for it, instead of a file. */
  readonly onServer?: boolean;
  readonly customers: number;
  /** For each of them. */
  readonly bills: number;
}

export interface ImportResult extends LookUps {
  readonly engine: ImportTarget['engine'];
  readonly rows: number;
  readonly rowsPerSecond: number;
  readonly seconds: number;
  /** What a core that does nothing else would do, as far as this process is concerned. */
  readonly rowsPerCpuSecond: number;
  /** Of the database; absent where it is on a server of somebody else. */
  readonly diskMb?: number;
  /** Memory of the process after each tenth of the import: flat when it does not grow with the rows. */
  readonly rssMb: readonly number[];
}

interface LookUps {
  readonly customerMs: Spread;
  readonly phoneMs: Spread;
  /** The last thirteen of one customer. */
  readonly billsMs: Spread;
}

interface Spread {
  readonly p50: number;
  readonly p95: number;
}

/** Customers of one pair of files: they are gone again before the next are written. */
const CHUNK = 50_000;
const LOOK_UPS = 1_000;
const BILLS_SHOWN = 13;
const TENTHS = 10;
const MB = 1_000_000;

/** Imports generated files as `npm run import` does, and looks customers up. */
export async function benchImport({ customers, bills, onServer = false }: ImportOptions): Promise<ImportResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-bench-import-'));
  const target = await openImportTarget(folder, onServer);
  const { storage, engine } = target;
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
    const diskBytes = target.diskBytes();
    return {
      ...{ engine, rows, seconds: Math.round(seconds) },
      ...{ rowsPerSecond: Math.round(rows / seconds), rowsPerCpuSecond: Math.round(rows / cpuSeconds), rssMb },
      ...(diskBytes !== undefined && { diskMb: Math.round(diskBytes / MB) }),
      ...(await measureLookUps(storage, customers)),
    };
  } finally {
    await target.close();
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

async function measureLookUps({ customers: records }: Storage, customers: number): Promise<LookUps> {
  const ofCustomer: number[] = [];
  const ofPhone: number[] = [];
  const ofBills: number[] = [];
  for (let count = 0; count < LOOK_UPS; count += 1) {
    const index = Math.floor((count * customers) / LOOK_UPS);
    const code = codeOf(index);
    ofCustomer.push(await timed(async () => (await records.customer(code)) !== undefined));
    ofPhone.push(await timed(async () => (await records.customersByPhone(phoneOf(index))).length === 1));
    ofBills.push(await timed(async () => (await records.bills(code, { limit: BILLS_SHOWN })).length > 0));
  }
  return { customerMs: spread(ofCustomer), phoneMs: spread(ofPhone), billsMs: spread(ofBills) };
}

async function timed(isFound: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  if (!(await isFound())) {
    throw new Error('A customer that was imported is not there.');
  }
  return performance.now() - startedAt;
}

function spread(values: readonly number[]): Spread {
  const [p50, p95] = [0.5, 0.95].map((share) => Number((percentile(values, share) ?? Number.NaN).toFixed(3)));
  return { p50: p50 ?? Number.NaN, p95: p95 ?? Number.NaN };
}
