import { foldWords } from '../../../dialogs/fold-words.ts';
import type { RecordKind, RecordKinds } from '../utility-records.ts';
import { createCustomerWriter } from './customer-writer.ts';
import type { SqliteDatabase } from './database.ts';

/** Inserts records or replaces them by their key. Call inside `db.write`. */
export type RecordsWriter = { readonly [Kind in RecordKind]: (record: RecordKinds[Kind]) => void };

/** Writes the utility's records: the only place that knows how they are laid out in the file. */
export function createRecordsWriter({ sqlite }: SqliteDatabase): RecordsWriter {
  const bill = sqlite.prepare(
    'INSERT OR REPLACE INTO bills (customer_code, month, period, record) VALUES (?, ?, ?, ?)',
  );
  const payment = sqlite.prepare('INSERT OR REPLACE INTO payments (customer_code, at, id, record) VALUES (?, ?, ?, ?)');
  const outage = sqlite.prepare(
    `INSERT OR REPLACE INTO outages (id, unit, province_key, state, starts_at, ends_at, record)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const ticket = sqlite.prepare(
    `INSERT OR REPLACE INTO tickets (number, conversation_id, customer_code, created_at, record)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const account = sqlite.prepare('INSERT OR REPLACE INTO accounts (id, kind, record) VALUES (?, ?, ?)');
  return {
    customers: createCustomerWriter({ sqlite }),
    bills: (row) => bill.run(row.customerCode, row.month, row.period, JSON.stringify(row)),
    payments: (row) => payment.run(row.customerCode, row.at, row.id, JSON.stringify(row)),
    outages: (row) => {
      // An outage that goes on is not over because its expected end has passed.
      const endsAt = row.state === 'ongoing' ? null : (row.to ?? null);
      outage.run(row.id, row.unit, foldWords(row.province), row.state, row.from, endsAt, JSON.stringify(row));
    },
    accounts: (row) => account.run(row.id, row.kind, JSON.stringify(row)),
    tickets: (row) =>
      ticket.run(row.number, row.conversationId ?? null, row.customerCode ?? null, row.createdAt, JSON.stringify(row)),
  };
}
