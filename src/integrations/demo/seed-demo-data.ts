import type { Tariffs } from '../../tariffs/tariff.ts';
import { dayOf } from '../local-time.ts';
import { createDataMarks } from '../storage/sqlite/data-marks.ts';
import type { SqliteDatabase } from '../storage/sqlite/database.ts';
import { createRecordsWriter } from '../storage/sqlite/records-writer.ts';
import { demoAccount } from './demo-bills.ts';
import { demoCustomers } from './demo-customers.ts';
import { demoOutages } from './demo-outages.ts';

/** Codes to try, with what each one shows. */
export const DEMO_HINTS: readonly { readonly code: string; readonly note: string }[] = [
  { code: 'PB06010001234', note: 'Hộ gia đình ở Tân An (Long An cũ): hóa đơn mới nhất 250 kWh' },
  { code: 'PB11010007001', note: 'Ba hợp đồng cùng một số điện thoại ở Cần Thơ, có hóa đơn chưa thanh toán' },
  { code: 'PB09010003001', note: 'Bến Tre: ngày mai có lịch ngừng cấp điện' },
  { code: 'PB13010010001', note: 'Rạch Giá: khu vực đang có sự cố' },
];

/** The file holds a utility's own data: the demo does not touch it. */
export class RealDataError extends Error {
  override readonly name = 'RealDataError';
  readonly code = 'real_data';
}

/**
 * Fills the demo's own database on its first start and brings it up to date on the first start of a later day:
 * outages lie around today, and the month before is billed. Resolves with whether anything was written.
 */
export async function seedDemoData({
  db,
  now,
  tariffs,
}: {
  readonly db: SqliteDatabase;
  /** UTC ms. */
  readonly now: number;
  readonly tariffs: Tariffs;
}): Promise<boolean> {
  const marks = createDataMarks(db);
  const today = dayOf(now);
  if (marks.get('kind') === 'real') {
    throw new RealDataError('This database holds imported data. Give the demo a file of its own.');
  }
  if (marks.get('demo_day') === today) {
    return false;
  }
  const write = createRecordsWriter(db);
  const forget = ['outages', 'bills', 'payments'].map((table) => db.sqlite.prepare(`DELETE FROM ${table}`));
  const version = `demo-${today}`;
  await db.write('seed_demo', () => {
    for (const table of forget) {
      table.run();
    }
    for (const demo of demoCustomers(version)) {
      write.customers(demo.customer);
      const { bills, payments } = demoAccount(demo, now, tariffs);
      bills.forEach(write.bills);
      payments.forEach(write.payments);
    }
    demoOutages(now, version).forEach(write.outages);
    marks.set('kind', 'demo');
    marks.set('demo_day', today);
  });
  return true;
}
