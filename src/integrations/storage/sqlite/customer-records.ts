import type { CustomerRecords } from '../../../bot/ports.ts';
import type { Bill, Customer, Payment } from '../../../bot/records.ts';
import type { SqliteDatabase } from './database.ts';

const LAST_MONTH = '9999-12';

/** Customers, bills and payments as the import wrote them. */
export function createSqliteCustomerRecords({ sqlite }: SqliteDatabase): CustomerRecords {
  const byCode = sqlite.prepare<[string], { record: string }>('SELECT record FROM customers WHERE code = ?');
  const byPhone = sqlite.prepare<[string], { record: string }>(
    'SELECT record FROM customers WHERE phone = ? ORDER BY code',
  );
  const bills = sqlite.prepare<[string, string, string, number], { record: string }>(
    `SELECT record FROM bills WHERE customer_code = ? AND month BETWEEN ? AND ?
     ORDER BY month DESC, period DESC LIMIT ?`,
  );
  const payments = sqlite.prepare<[string, number], { record: string }>(
    'SELECT record FROM payments WHERE customer_code = ? ORDER BY at DESC LIMIT ?',
  );
  return {
    async customer(code) {
      const row = byCode.get(code);
      return row && (JSON.parse(row.record) as Customer);
    },
    customersByPhone: async (phone) => byPhone.all(phone).map((row) => JSON.parse(row.record) as Customer),
    bills: async (code, { fromMonth = '', toMonth = LAST_MONTH, limit }) =>
      bills.all(code, fromMonth, toMonth, limit).map((row) => JSON.parse(row.record) as Bill),
    payments: async (code, limit) => payments.all(code, limit).map((row) => JSON.parse(row.record) as Payment),
  };
}
