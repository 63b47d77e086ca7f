import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Ticket } from '../../src/bot/records.ts';
import { seedDemoData } from '../../src/integrations/demo/seed-demo-data.ts';
import { importRecords } from '../../src/integrations/records-import/import-records.ts';
import { createSqliteAccountRecords } from '../../src/integrations/storage/sqlite/account-records.ts';
import { createSqliteCustomerRecords } from '../../src/integrations/storage/sqlite/customer-records.ts';
import { openDatabase, type SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteIncidentRecords } from '../../src/integrations/storage/sqlite/incident-records.ts';
import { createSqliteTicketNews } from '../../src/integrations/storage/sqlite/ticket-news.ts';
import { createSqliteTicketStore } from '../../src/integrations/storage/sqlite/ticket-store.ts';
import { createSqliteUtilityRecords } from '../../src/integrations/storage/sqlite/utility-records.ts';
import type { TicketNews } from '../../src/integrations/storage/ticket-news.ts';
import type { UtilityRecords } from '../../src/integrations/storage/utility-records.ts';
import { isDay } from '../../src/tariffs/days.ts';
import { loadTariffs } from '../../src/tariffs/load-tariffs.ts';
import { sampleCustomer } from '../support/sample-records.ts';

let folder: string;
let db: SqliteDatabase;
let records: UtilityRecords;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
  db = openDatabase({ path: ':memory:' });
  records = createSqliteUtilityRecords(db);
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

const stores = () => ({
  records,
  tickets: createSqliteTicketStore(db),
  ticketNews: createSqliteTicketNews(db),
});

function put(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const customerLine = (serial: number) =>
  JSON.stringify({
    code: `PB0601${String(serial).padStart(7, '0')}`,
    name: `Hộ ${serial}`,
    address: 'a',
    province: 'Tây Ninh',
  });
const count = (table: string) => db.sqlite.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get();
const rejectsOf = (file: string) =>
  readFileSync(`${file}.rejected.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { line: number; reason: string; row: unknown });

describe('The examples of docs/data-format.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/data-format.md'), 'utf8');
  const examples = [...page.matchAll(/```(?:csv|jsonl) (\S+)\n([\s\S]*?)```/g)].map(([, name = '', text = '']) => ({
    name,
    text,
  }));

  test('are imported without a rejected row and can be looked up', async () => {
    const files = examples.map(({ name, text }) => put(name, text));
    const report = await importRecords({ ...stores(), files, version: 'import-1' });
    expect(report.files.map(({ kind, imported, rejected }) => [kind, imported, rejected])).toEqual([
      ['customers', 2, 0],
      ['bills', 2, 0],
      ['payments', 1, 0],
      ['outages', 1, 0],
      ['tickets', 1, 0],
      ['accounts', 1, 0],
    ]);
    const customers = createSqliteCustomerRecords(db);
    expect(await customers.customer('PB06010098765')).toMatchObject({
      name: 'Nguyễn Văn An',
      phone: '0900123456',
      unit: 'PB0601',
      households: 1,
      tariffGroup: 'household',
      connection: 'connected',
      version: 'import-1',
    });
    expect(await customers.customer('PB06010098766')).not.toHaveProperty('phone');
    expect(await customers.bills('PB06010098765', { limit: 9 })).toMatchObject([
      { id: 'PB06010098765/2026-10/1', total: 269_244, multiplier: 1 },
      { id: 'PB06010098765/2026-09/1', lines: [], paidAt: '2026-10-03' },
    ]);
    expect(await customers.payments('PB06010098765', 9)).toMatchObject([{ at: Date.parse('2026-10-03T02:15:00Z') }]);
    expect(await createSqliteTicketStore(db).ticket('SC261120-4K7Q2')).toMatchObject({
      history: [{ state: 'in_progress', note: 'Tổ sửa chữa đang đến' }],
    });
  });
});

test('Wrong rows go beside the input with line and reason, the rest goes in', async () => {
  const bill = {
    customerCode: 'PB06010000001',
    month: '2026-10',
    from: '2026-10-01',
    to: '2026-10-31',
    readingOld: 1,
    readingNew: 2,
    kwh: 50,
    amount: 99_200,
    vatRate: 8,
    vat: 7_936,
    total: 107_136,
    due: '2026-11-10',
  }; // prettier-ignore
  const rows = [
    JSON.stringify(bill),
    JSON.stringify({ ...bill, month: '2026-09', total: 1 }),
    '{ not json',
    JSON.stringify({ ...bill, month: '2026-08', kwh: -3 }),
    '',
    JSON.stringify({ ...bill, month: '2026-07', lines: [{ label: 'Bậc 1', kwh: 49, price: 1, amount: 49 }] }),
    JSON.stringify({ ...bill, month: '2026-06', totl: 1 }),
    JSON.stringify({ ...bill, customerCode: 'PB0601' }),
  ];
  const file = put('bills.jsonl', rows.join('\n'));
  const report = await importRecords({ ...stores(), files: [file] });
  expect(report.files).toEqual([
    { file, kind: 'bills', imported: 1, rejected: 6, rejectedFile: `${file}.rejected.jsonl` },
  ]);
  expect(rejectsOf(file).map(({ line, reason }) => [line, reason])).toEqual([
    [2, 'total is not amount + vat'],
    [3, 'line is not JSON'],
    [4, expect.stringContaining('kwh')],
    [6, 'lines do not add up to kwh'],
    [7, expect.stringContaining('totl')],
    [8, 'customerCode is not a customer code of 13 characters'],
  ]);
  expect(rejectsOf(file)[1]?.row).toBe('{ not json');
});

test('A CSV row with too few cells is rejected, not shifted', async () => {
  const file = put(
    'customers.csv',
    '\uFEFFcode,name,address,province\nPB06010000001,An,a\nPB06010000002,Bình,b,Tây Ninh\n',
  );
  const report = await importRecords({ ...stores(), files: [file] });
  expect(report.files[0]).toMatchObject({ imported: 1, rejected: 1 });
  expect(rejectsOf(file)).toMatchObject([{ line: 2, reason: 'line has not as many cells as the heading' }]);
});

test('A second run after mending the file replaces records and leaves no rejected rows behind', async () => {
  const file = put('customers.jsonl', `${customerLine(1)}\n{}\n`);
  await importRecords({ ...stores(), files: [file], version: 'v1' });
  expect(existsSync(`${file}.rejected.jsonl`)).toBe(true);
  put('customers.jsonl', `${customerLine(1)}\n${customerLine(2)}\n`);
  await importRecords({ ...stores(), files: [file], version: 'v2' });
  expect(existsSync(`${file}.rejected.jsonl`)).toBe(false);
  expect(count('customers')).toBe(2);
  expect(await createSqliteCustomerRecords(db).customer('PB06010000001')).toMatchObject({ version: 'v2' });
});

test('An import that breaks off is finished by running it again', async () => {
  const file = put('customers.jsonl', Array.from({ length: 2_400 }, (_, index) => customerLine(index)).join('\n'));
  const broken = importRecords({
    ...stores(),
    files: [file],
    onProgress: ({ imported }) => {
      if (imported >= 2_000) {
        throw new Error('power cut');
      }
    },
  });
  await expect(broken).rejects.toThrow('power cut');
  expect(count('customers')).toBe(2_000);
  const seen: number[] = [];
  await importRecords({ ...stores(), files: [file], onProgress: ({ imported }) => void seen.push(imported) });
  expect(count('customers')).toBe(2_400);
  expect(seen).toEqual([1_000, 2_000, 2_400]);
});

test('Rows of a file larger than what is read at once keep their lines, also where a letter or a line lies across two parts', async () => {
  const lines = Array.from({ length: 5_000 }, (_, index) =>
    customerLine(index).replace('Hộ', 'Hộ ườn ợ'.repeat(index % 7)),
  );
  lines[4_000] = '{}';
  const file = put('customers.jsonl', lines.join('\r\n'));
  expect(statSync(file).size).toBeGreaterThan(2 * 262_144);
  const report = await importRecords({ ...stores(), files: [file] });
  expect(report.files).toMatchObject([{ imported: 4_999, rejected: 1 }]);
  expect(rejectsOf(file)).toMatchObject([{ line: 4_001, row: {} }]);
  const names = db.sqlite.prepare<[], string>("SELECT record ->> 'name' FROM customers ORDER BY code").pluck().all();
  expect(names.filter((name) => !/^(Hộ ườn ợ)* ?\d+$/.test(name))).toEqual([]);
});

test('While the service writes to the file, a batch is cut into smaller ones', async () => {
  const path = join(folder, 'data.sqlite');
  const writes: string[] = [];
  const ours = openDatabase({ path, onBoundary: (when, names) => void (when === 'after' && writes.push(...names)) });
  const service = openDatabase({ path });
  const customers = Array.from({ length: 600 }, (_, index) =>
    sampleCustomer({ code: `PB0601${String(index).padStart(7, '0')}` }),
  );
  const store = createSqliteUtilityRecords(ours);
  await store.put('customers', customers);
  expect(writes).toEqual(['put_records']);
  await service.write('mark', () => service.sqlite.exec("INSERT INTO data_marks VALUES ('kind', 'real')"));
  await store.put('customers', customers);
  expect(writes).toHaveLength(1 + 3);
  expect(ours.sqlite.prepare('SELECT COUNT(*) FROM customers').pluck().get()).toBe(600);
  await Promise.all([ours.close(), service.close()]);
});

test('Days that no calendar has are refused', () => {
  const days = ['2026-02-28', '2028-02-29', '2026-12-31', '2026-02-29', '2026-04-31', '2026-00-10', '2026-13-01'];
  expect(days.filter(isDay)).toEqual(days.slice(0, 3));
  expect(['2026-10-00', '2026-1-01', '26-10-01', '', '2026-10-01T00:00'].filter(isDay)).toEqual([]);
});

test('The kind comes from the name or is given, and nothing is imported before all kinds are known', async () => {
  const good = put('customers.jsonl', customerLine(1));
  const unnamed = put('export.jsonl', `\uFEFF${customerLine(2)}`);
  await expect(importRecords({ ...stores(), files: [good, unnamed] })).rejects.toThrow('--kind');
  expect(count('customers')).toBe(0);
  await importRecords({ ...stores(), files: [unnamed], kind: 'customers' });
  expect(count('customers')).toBe(1);
});

test('An organisation of an unknown kind, or of which a site or a contact stands there twice, is rejected', async () => {
  const site = { code: 'PB06010098765', name: 'Kho' };
  const contact = { id: '1', name: 'Chị Hà', email: 'Ha@gaosach.example' };
  const account = (change: object) =>
    JSON.stringify({ id: 'A', name: 'B', sites: [site], contacts: [contact], ...change });
  const lines = [
    ...[account({ id: 'OK' }), account({ kind: 'hospital' }), account({ sites: [site, site] }), account({ sites: [] })],
    ...[account({ contacts: [contact, contact] }), account({ contacts: [{ id: '1', name: 'Chị Hà' }] })],
  ];
  const file = put('accounts.jsonl', lines.join('\n'));
  const report = await importRecords({ ...stores(), files: [file] });
  expect(report.files).toMatchObject([{ imported: 1, rejected: 5 }]);
  expect(rejectsOf(file).map(({ reason }) => reason)).toEqual([
    expect.stringContaining('kind is none of business, important'),
    expect.stringContaining('sites name a code twice'),
    expect.stringContaining('sites'),
    expect.stringContaining('contacts name an id twice'),
    expect.stringContaining('neither email nor phone'),
  ]);
  const kept = await createSqliteAccountRecords(db).account('OK');
  expect(kept).toMatchObject({ kind: 'business', contacts: [{ email: 'ha@gaosach.example' }] });
});

test('Names written in decomposed letters are stored composed', async () => {
  const file = put('customers.jsonl', customerLine(1).replace('Hộ 1', 'Hòa'.normalize('NFD')));
  await importRecords({ ...stores(), files: [file] });
  expect((await createSqliteCustomerRecords(db).customer('PB06010000001'))?.name).toBe('Hòa'.normalize('NFC'));
});

test('Demo and real data refuse each other', async () => {
  const file = put('customers.jsonl', customerLine(1));
  const demo = { now: Date.parse('2026-11-22T03:00:00Z'), tariffs: loadTariffs() };
  await importRecords({ ...stores(), files: [file] });
  await expect(seedDemoData({ records, incidents: createSqliteIncidentRecords(db), ...demo })).rejects.toMatchObject({
    code: 'real_data',
  });
  const other = openDatabase({ path: ':memory:' });
  await seedDemoData({
    ...{ records: createSqliteUtilityRecords(other), incidents: createSqliteIncidentRecords(other) },
    ...demo,
  });
  await expect(
    importRecords({ ...stores(), records: createSqliteUtilityRecords(other), files: [file] }),
  ).rejects.toMatchObject({
    code: 'demo_data',
  });
  await other.close();
});

describe('A new state of a ticket that the bot opened', () => {
  const NUMBER = 'SC261120-4K7Q2';
  const opened: Ticket = {
    ...{ number: NUMBER, kind: 'outage', priority: 'high', state: 'open', summary: 'Báo mất điện' },
    ...{ conversationId: 'web:main:c1', phone: '0912345678', details: { since: '7 giờ tối' }, createdAt: 1_000 },
    history: [{ at: 1_000, state: 'open' }],
  };
  const row = (change: object) =>
    put(
      'tickets.jsonl',
      JSON.stringify({
        ...{ number: NUMBER, kind: 'outage', state: 'in_progress', summary: 'Báo mất điện' },
        ...{ createdAt: '2026-11-20T19:05:00+07:00', ...change },
      }),
    );
  const step = { at: '2026-11-20T19:20:00+07:00', state: 'in_progress' };

  test('leaves the conversation and what only we know, and is to be told', async () => {
    const { tickets, ticketNews } = stores();
    await tickets.open(opened);
    await importRecords({ ...stores(), files: [row({ history: [step] })] });
    expect(await tickets.ticket(NUMBER)).toMatchObject({
      ...{ state: 'in_progress', conversationId: 'web:main:c1', phone: '0912345678', details: { since: '7 giờ tối' } },
      history: [
        { at: 1_000, state: 'open' },
        { at: Date.parse(step.at), state: 'in_progress' },
      ],
    });
    expect(await ticketNews.list(9)).toMatchObject([{ number: NUMBER, state: 'in_progress' }]);
    // The same file again is no news.
    const [news] = await ticketNews.list(9);
    await ticketNews.forget(news as TicketNews);
    await importRecords({ ...stores(), files: [row({ history: [step] })] });
    expect(await ticketNews.list(9)).toEqual([]);
    expect((await tickets.ticket(NUMBER))?.history).toHaveLength(2);
  });

  test('without a step of its own begins with the import', async () => {
    const { tickets, ticketNews } = stores();
    await tickets.open(opened);
    await importRecords({ ...stores(), files: [row({})] });
    expect((await tickets.ticket(NUMBER))?.state).toBe('in_progress');
    expect(await ticketNews.list(9)).toHaveLength(1);
  });

  test('that is older than what an agent has done changes nothing', async () => {
    const { tickets, ticketNews } = stores();
    await tickets.open(opened);
    const by = { id: 'a1', name: 'Chị Lan' };
    await tickets.change(NUMBER, { key: 'k', at: Date.now(), state: 'done', by }, 1);
    await importRecords({ ...stores(), files: [row({ history: [step] })] });
    expect((await tickets.ticket(NUMBER))?.state).toBe('done');
    expect((await tickets.ticket(NUMBER))?.history).toHaveLength(3);
    expect(await ticketNews.list(9)).toEqual([]);
  });

  test('of a ticket of another system is told to nobody', async () => {
    await importRecords({ ...stores(), files: [row({})] });
    expect(await stores().ticketNews.list(9)).toEqual([]);
  });
});
