import { createHash, randomBytes } from 'node:crypto';
import type { Account } from '../../bot/accounts/account.ts';
import type { Erasures } from '../../bot/erasures.ts';
import type { RecordKind, RecordKinds, UtilityRecords } from '../storage/utility-records.ts';

/** A customer who was erased, as it is remembered: from the hash alone nobody reads the code. */
export async function hashOfCustomer(records: Pick<UtilityRecords, 'mark' | 'setMark'>, code: string): Promise<string> {
  return hashed(await saltOf(records), code);
}

/** The utility's records, of which those of erased customers are not taken in again. */
export function keepErasedOut(records: UtilityRecords, erasures: Pick<Erasures, 'erasedCustomers'>): UtilityRecords {
  return {
    ...records,
    async put<Kind extends RecordKind>(kind: Kind, rows: readonly RecordKinds[Kind][]) {
      const erased = new Set(await erasures.erasedCustomers());
      if (erased.size === 0) {
        return records.put(kind, rows);
      }
      const salt = await saltOf(records);
      const isErased = (code: string) => erased.has(hashed(salt, code));
      const left =
        kind === 'accounts' ? (rows as readonly Account[]).flatMap((row) => withoutErased(row, isErased)) : rows;
      return records.put(
        kind,
        (left as typeof rows).filter((row) => !isErased(codeOf(row))),
      );
    },
  };
}

function withoutErased(account: Account, isErased: (code: string) => boolean): readonly Account[] {
  const sites = account.sites.filter(({ code }) => !isErased(code));
  return sites.length === 0 ? [] : [{ ...account, sites }];
}

async function saltOf(records: Pick<UtilityRecords, 'mark' | 'setMark'>): Promise<string> {
  const known = await records.mark('erasure_salt');
  if (known !== undefined) {
    return known;
  }
  const salt = randomBytes(16).toString('hex');
  await records.setMark('erasure_salt', salt);
  return salt;
}

function hashed(salt: string, code: string): string {
  return createHash('sha256').update(`${salt}\n${code}`).digest('hex');
}

function codeOf(row: object): string {
  const { code, customerCode } = row as { readonly code?: string; readonly customerCode?: string };
  return customerCode ?? code ?? '';
}
