import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import type { Reply } from '../../src/dialogs/reply.ts';
import { createDocumentLinks, DOCUMENT_DAYS } from '../../src/integrations/documents/document-links.ts';
import { createDocuments, type Documents } from '../../src/integrations/documents/documents.ts';
import { drawSheets } from '../../src/integrations/documents/draw-sheets.ts';
import { createSheetDrawer, type SheetDrawer } from '../../src/integrations/documents/draw-thread.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createLocalRateLimiter } from '../../src/integrations/rate-limiters.ts';
import { aBill, aCustomer, CODE, OTHER_CODE, openActionBench } from '../support/action-bench.ts';
import { pagesOfPdf } from '../support/text-of-pdf.ts';

const DAY_MS = 86_400_000;
const MOST_OPENINGS = 5;
const utility = loadUtility();

let bench: ReturnType<typeof openActionBench>;
let documents: Documents;
beforeEach(async () => {
  bench = openActionBench();
  await bench.write('customers', aCustomer());
  documents = documentsBy({ run: drawSheets });
});
afterEach(() => bench.close());

function documentsBy(drawer: Pick<SheetDrawer, 'run'>): Documents {
  const links = createDocumentLinks('a key of the test', 'https://chat.test');
  const openings = createLocalRateLimiter({ name: 'document', points: MOST_OPENINGS, durationS: 600 });
  return createDocuments({ links, customers: bench.storage.customers, utility, clock: bench.clock, drawer, openings });
}

/** What the dialog shows for these months. */
async function given(period = '2026-10'): Promise<Extract<Reply, { kind: 'file' }>> {
  const { outcome, replies = [] } = await bench.run('give_bill_sheet', { customer_code: CODE, billing_period: period });
  const [file] = replies;
  if (outcome !== 'linked' || file?.kind !== 'file') {
    throw new Error(`No file: ${outcome}.`);
  }
  return file;
}

async function pagesOf(url: string): Promise<readonly string[]> {
  const { bytes = new Uint8Array() } = (await documents.open(url)) ?? {};
  return pagesOfPdf(bytes);
}

describe('the sheet of a bill', () => {
  test('has every figure of the bill, whose it is, and says before them that it is no invoice', async () => {
    await bench.write('bills', aBill());
    const file = await given();
    expect(file).toMatchObject({ name: 'Bảng kê tiền điện 10-2026.pdf', url: expect.stringMatching(/\.pdf$/) });
    const [page = '', ...more] = await pagesOf(file.url);
    const { total, kwh, lines } = aBill();
    const said = [CODE, 'Nguyễn Thị Hoa', '10 Hùng Vương, phường Long An, tỉnh Tây Ninh', '1.000 đến 1.250'];
    const figures = [total, kwh, ...lines.map(({ amount }) => amount)].map((value) => value.toLocaleString('vi-VN'));
    expect([...said, ...figures].filter((words) => !page.includes(words))).toEqual([]);
    expect(page.indexOf('không phải hóa đơn điện tử')).toBeLessThan(page.indexOf(CODE));
    expect([page.includes('cskh.evnspc.vn'), more]).toEqual([true, []]);
    expect(page).toContain('09:00 Chủ nhật 22/11/2026');
  });

  test('is said to end only where it comes as an address', async () => {
    await bench.write('bills', aBill());
    const slots = { customer_code: CODE };
    const linked = await bench.run('give_bill_sheet', slots);
    const given = await bench.run('give_bill_sheet', slots, { channel: 'zalo', conversationId: 'zalo:oa:1' });
    expect([linked.outcome, linked.slots]).toEqual(['linked', { days: String(DOCUMENT_DAYS) }]);
    expect([given.outcome, given.slots]).toEqual(['given', undefined]);
  });

  test('has a page for each month of several', async () => {
    await bench.write('bills', aBill(), aBill({ month: '2026-09' }));
    const { name, url } = await given('2026-09/2026-10');
    const pages = await pagesOf(url);
    expect([name, pages.length]).toEqual(['Bảng kê tiền điện 09-2026 đến 10-2026.pdf', 2]);
    expect(pages[0]).toContain('tháng 9/2026');
  });

  test('leaves out steps that do not add up to the bill', async () => {
    await bench.write('bills', aBill({ lines: [{ label: 'Bậc 1', kwh: 1, price: 1, amount: 1 }] }));
    const [page] = await pagesOf((await given()).url);
    expect([page?.includes('Bậc 1'), page?.includes('xem trên hóa đơn điện tử')]).toEqual([false, true]);
  });

  test('is not made of figures that do not agree with themselves, nor opened when they have come to', async () => {
    await bench.write('bills', aBill());
    const { url } = await given();
    await bench.write('bills', aBill({ total: 1, version: 'v2' }));
    expect(await bench.run('give_bill_sheet', { customer_code: CODE })).toEqual({ outcome: 'not_possible' });
    expect(await documents.open(url)).toBeUndefined();
  });

  test('is small enough for every channel, and known by its bytes as what it is', async () => {
    await bench.write('bills', aBill());
    const { bytes, mime, extension } = (await documents.open((await given()).url)) ?? {};
    expect([
      mime,
      extension,
      Buffer.from(bytes ?? [])
        .subarray(0, 5)
        .toString(),
    ]).toEqual(['application/pdf', 'pdf', '%PDF-']);
    expect(bytes?.length).toBeLessThan(100_000);
  });
});

test('a document is drawn while others are served', async () => {
  await bench.write('bills', aBill());
  const { url } = await given();
  const drawer = createSheetDrawer();
  let bytes: Uint8Array | undefined;
  const drawn = documentsBy(drawer)
    .open(url)
    .then((file) => {
      bytes = file?.bytes;
    });
  let served = 0;
  while (bytes === undefined) {
    served += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await drawn;
  await drawer.close();
  expect(bytes.length).toBe((await documents.open(url))?.bytes.length);
  // Drawn in this thread it would be there after a few rounds, one of them as long as the drawing.
  expect(served).toBeGreaterThan(100);
});

describe('its address', () => {
  test('tells nothing, cannot be changed, and is over after its days', async () => {
    await bench.write('bills', aBill());
    const { url } = await given();
    expect(url).not.toContain(CODE);
    const forged = url.replace(/.(?=\.pdf$)/, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect(await documents.open(forged)).toBeUndefined();
    expect(await documents.open('https://chat.test/documents/x.pdf')).toBeUndefined();
    bench.clock.advance(DOCUMENT_DAYS * DAY_MS - 1);
    expect(await documents.open(url)).toBeDefined();
    bench.clock.advance(1);
    expect(await documents.open(url)).toBeUndefined();
  });

  test('brings the file to keep, stored by nobody on the way', async () => {
    await bench.write('bills', aBill());
    const { url, name } = await given();
    const app = Fastify();
    await documents.register(app);
    const answer = await app.inject({ method: 'GET', url: new URL(url).pathname });
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/pdf', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    });
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toBe(
      `attachment; filename*=UTF-8''${name}`,
    );
    bench.clock.advance(DOCUMENT_DAYS * DAY_MS);
    const late = await app.inject({ method: 'GET', url: new URL(url).pathname });
    expect([late.statusCode, late.body.includes('hết hạn')]).toEqual([404, true]);
    await app.close();
  });

  test('may not be opened without end, and those of other customers are as before', async () => {
    await bench.write('bills', aBill(), aBill({ customerCode: OTHER_CODE }));
    await bench.write('customers', aCustomer({ code: OTHER_CODE }));
    const app = Fastify();
    await documents.register(app);
    const open = async (code: string) => {
      const url = createDocumentLinks('a key of the test', '').linkTo(
        { customerCode: code, period: '2026-10' },
        bench.clock.now(),
      );
      return app.inject({ method: 'GET', url });
    };
    const statuses: number[] = [];
    // A new address for each: it is the customer that counts.
    for (let time = 0; time <= MOST_OPENINGS; time += 1) {
      statuses.push((await open(CODE)).statusCode);
    }
    expect(statuses).toEqual([...Array.from({ length: MOST_OPENINGS }, () => 200), 429]);
    const refused = await open(CODE);
    expect([refused.body, Number(refused.headers['retry-after']) > 0]).toEqual([
      expect.stringContaining('thử lại sau ít phút'),
      true,
    ]);
    expect((await open(OTHER_CODE)).statusCode).toBe(200);
    await app.close();
  });
});
