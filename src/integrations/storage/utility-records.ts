import type { Account } from '../../bot/accounts/account.ts';
import type { Bill, Customer, Payment, PlannedOutage, Ticket } from '../../bot/records.ts';

/** The kinds of records that come from the utility's own systems. */
export interface RecordKinds {
  readonly customers: Customer;
  readonly bills: Bill;
  readonly payments: Payment;
  readonly outages: PlannedOutage;
  readonly tickets: Ticket;
  readonly accounts: Account;
}

export type RecordKind = keyof RecordKinds;

/** Short notes about the data themselves. `kind` is `demo` or `real` once anything has been written. */
export type DataMark = 'kind' | 'demo_day' | 'erasure_salt' | 'contact_salt' | 'contacts_revision';

/** Writes what the utility knows: for the import and for the demo. */
export interface UtilityRecords {
  /** Inserts records or replaces them by their key; durable when it resolves. */
  put<Kind extends RecordKind>(kind: Kind, records: readonly RecordKinds[Kind][]): Promise<void>;
  /** Removes every record of a kind. */
  forget(kind: RecordKind): Promise<void>;
  mark(name: DataMark): Promise<string | undefined>;
  setMark(name: DataMark, value: string): Promise<void>;
}
