import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { loadLimits } from '../../src/integrations/limits/load-limits.ts';
import { openSqliteStorage, type SqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import { aBill, aCustomer, BENCH_NOW, CODE } from '../support/action-bench.ts';
import { content, createPrivacyBench, type PrivacyBench, PUBLIC_URL } from '../support/privacy-bench.ts';

const WEB = 'web:main:khach';
const DAY = 86_400_000;

let folder = '';
let now = BENCH_NOW;
let storage: SqliteStorage;
let bench: PrivacyBench;
let app: FastifyInstance;

beforeAll(() => void content(), 120_000);
beforeEach(async () => {
  now = BENCH_NOW;
  folder = mkdtempSync(join(tmpdir(), 'export-'));
  const clock = { now: () => (now += 1_000) };
  storage = openSqliteStorage({
    ...{ path: ':memory:', mediaFolder: folder, clock, provinceNames: (name: string) => [name] },
  });
  bench = createPrivacyBench(storage, clock);
  await storage.records.put('customers', [aCustomer({ name: 'Huỳnh Thị <Bưởi>' })]);
  await storage.records.put('bills', [aBill()]);
  app = Fastify();
  await bench.privacy.pages.register(app);
});
afterEach(async () => {
  await app.close();
  await storage.close();
  rmSync(folder, { recursive: true });
});

/** The links that the bot has written last, without our own address. */
function links(): readonly string[] {
  const card = bench.sent.findLast(({ reply }) => reply.kind === 'card' && reply.links !== undefined);
  const all = card?.reply.kind === 'card' ? (card.reply.links ?? []) : [];
  return all.map(({ href }) => href.replace(PUBLIC_URL, ''));
}

async function askForCode(): Promise<void> {
  await bench.say(WEB, 'hẻm Chùa Ông có cúp điện không');
  await bench.say(WEB, 'cho tôi xem dữ liệu cá nhân của tôi');
  await bench.say(WEB, 'theo mã khách hàng');
  await bench.say(WEB, CODE);
  await bench.verify(WEB);
}

test('the file holds everything about the customer, and the page says the same for people', async () => {
  await askForCode();
  const [page = '', file = ''] = links();
  const data = (await app.inject(file)).json();
  expect(data.customer).toMatchObject({ code: CODE, name: 'Huỳnh Thị <Bưởi>' });
  expect(data.bills).toHaveLength(1);
  expect(data.conversations.map(({ id }: { id: string }) => id)).toEqual([WEB]);
  expect(JSON.stringify(data.conversations)).toContain('hẻm Chùa Ông');
  expect(data.kept.length).toBeGreaterThan(5);
  const { body, headers } = await app.inject(page);
  expect(body).toContain('Huỳnh Thị &lt;Bưởi&gt;');
  expect(body).toContain('hẻm Chùa Ông');
  for (const words of ['Chủ hợp đồng', 'Đang có điện', 'Sinh hoạt', '636.768', 'Cuộc trò chuyện trên trang web']) {
    expect(body).toContain(words);
  }
  expect(body).not.toMatch(/tariffGroup|connected|undefined|\[object/);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
});

test('a link ends after a day, and a changed one opens nothing', async () => {
  await askForCode();
  const [page = '', file = ''] = links();
  // Not the last letter: some of its bits belong to no byte.
  const changed = page.replace(/.(?=.{8}$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
  expect((await app.inject(changed)).statusCode).toBe(404);
  now += DAY;
  expect((await app.inject(page)).statusCode).toBe(404);
  expect((await app.inject(file)).statusCode).toBe(404);
});

test('a link may not be opened without end: after that it says to come back later', async () => {
  await askForCode();
  const [page = ''] = links();
  const { points } = loadLimits().document;
  const statuses: number[] = [];
  for (let time = 0; time <= points; time += 1) {
    statuses.push((await app.inject(page)).statusCode);
  }
  expect(statuses).toEqual([...Array.from({ length: points }, () => 200), 429]);
  const refused = await app.inject(page);
  expect([refused.body, Number(refused.headers['retry-after']) > 0]).toEqual([
    expect.stringContaining('thử lại sau ít phút'),
    true,
  ]);
});

test('without the one-time code there is no link to what belongs to a customer code', async () => {
  await bench.say(WEB, 'cho tôi xem dữ liệu cá nhân của tôi');
  await bench.say(WEB, 'theo mã khách hàng');
  await bench.say(WEB, CODE);
  await bench.say(WEB, '000000');
  expect(links()).toEqual([]);
});

test('a conversation alone shows its own words, and nothing of any customer', async () => {
  await bench.say(WEB, 'hẻm Chùa Ông có cúp điện không');
  await bench.say(WEB, 'xem dữ liệu cá nhân của tôi');
  await bench.say(WEB, 'cuộc trò chuyện này');
  const data = (await app.inject(links()[1] ?? '')).json();
  expect(data.customer).toBeUndefined();
  expect(data.bills).toEqual([]);
  expect(JSON.stringify(data.conversations)).toContain('hẻm Chùa Ông');
});

test('an erased customer exports nothing', async () => {
  await askForCode();
  const [, file = ''] = links();
  await bench.say(WEB, 'xóa dữ liệu của tôi');
  await bench.say(WEB, 'tất cả theo mã khách hàng');
  await bench.say(WEB, 'xóa tất cả');
  await bench.eraseAll();
  const data = (await app.inject(file)).json();
  expect(data).toMatchObject({ bills: [], payments: [], tickets: [], conversations: [] });
  expect(data.customer).toBeUndefined();
});
