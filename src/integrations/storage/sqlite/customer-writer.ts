import type { Customer } from '../../../bot/records.ts';
import { foldWords } from '../../../dialogs/fold-words.ts';
import type { SqliteDatabase } from './database.ts';

/** Inserts a customer, or replaces the one of the same code, with the words that the search finds him by. */
export function createCustomerWriter({ sqlite }: Pick<SqliteDatabase, 'sqlite'>): (customer: Customer) => void {
  const searchedBy = sqlite.prepare<[string], string>('SELECT search FROM customers WHERE code = ?').pluck();
  const put = sqlite.prepare('INSERT OR REPLACE INTO customers (code, phone, search, record) VALUES (?, ?, ?, ?)');
  const number = sqlite.prepare('INSERT INTO search_customers (code) VALUES (?) ON CONFLICT (code) DO NOTHING');
  const numberOf = sqlite.prepare<[string], number>('SELECT id FROM search_customers WHERE code = ?').pluck();
  const putWords = sqlite.prepare('INSERT OR REPLACE INTO search_customer_words (rowid, words) VALUES (?, ?)');
  return (customer) => {
    const { code, name, phone, address } = customer;
    const search = foldWords(`${code} ${name} ${phone ?? ''} ${address}`);
    const searchedBefore = searchedBy.get(code);
    put.run(code, phone ?? null, search, JSON.stringify(customer));
    if (search !== searchedBefore) {
      const { changes, lastInsertRowid } = number.run(code);
      putWords.run(changes > 0 ? lastInsertRowid : numberOf.get(code), search);
    }
  };
}
