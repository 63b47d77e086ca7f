import type { Account, AccountRecords } from '../../../bot/accounts/account.ts';
import { defineCollection, needed } from './collection.ts';
import type { MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';

/** An account; its id is `_id`. */
export interface AccountDocument {
  readonly _id: string;
  readonly kind: string;
  readonly codes: readonly string[];
  readonly record: Account;
}

export const ACCOUNTS = defineCollection<AccountDocument>({
  name: 'accounts',
  fields: { _id: needed.text, kind: needed.text, codes: { type: [String], required: true }, record: needed.any },
  indexes: [{ key: { kind: 1, _id: 1 } }, { key: { codes: 1 } }],
});

export function toAccountDocument(account: Account): AccountDocument {
  const { id, kind, sites } = account;
  return { _id: id, kind, codes: sites.map(({ code }) => code), record: toDocumentValue(account) as Account };
}

/** Accounts on MongoDB, as the import wrote them. */
export function createMongoAccountRecords(db: MongoDatabase): AccountRecords {
  const accounts = db.model(ACCOUNTS);
  const parse = ({ record }: AccountDocument) => fromDocumentValue<Account>(record);
  return {
    async account(id) {
      const found = await accounts.findOne({ _id: id }).lean<AccountDocument>();
      return found === null ? undefined : parse(found);
    },
    async accountPage({ kind, after = '', limit }) {
      const found = await accounts
        .find({ kind, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<AccountDocument[]>();
      return found.map(parse);
    },
    countAccounts: (kind) => accounts.countDocuments({ kind }),
    async accountsWith(customerCode) {
      const found = await accounts.find({ codes: customerCode }).sort({ _id: 1 }).lean<AccountDocument[]>();
      return found.map(parse);
    },
  };
}
