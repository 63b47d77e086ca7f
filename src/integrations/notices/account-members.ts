import { createHash } from 'node:crypto';
import type { AccountRecords } from '../../bot/accounts/account.ts';
import type { Clock } from '../../bot/ports.ts';

/** Changes when an account of this kind, a site or a contact comes or goes. */
export type AccountMembers = (kind: string) => Promise<string>;

const PAGE = 500;
const LOOK_EVERY_MS = 600_000;

/** Reads all accounts of a kind, and again after some minutes only: imports come once a day. */
export function createAccountMembers({
  accounts,
  clock,
}: {
  readonly accounts: Pick<AccountRecords, 'accountPage'>;
  readonly clock: Clock;
}): AccountMembers {
  const known = new Map<string, { readonly digest: string; readonly until: number }>();

  async function digestOf(kind: string): Promise<string> {
    const hash = createHash('sha256');
    for (let after = ''; ; ) {
      const page = await accounts.accountPage({ kind, after, limit: PAGE });
      for (const { id, sites, contacts } of page) {
        const told = [id, sites.map(({ code }) => code), contacts.map((one) => [one.id, one.email, one.phone])];
        hash.update(JSON.stringify(told));
      }
      after = page.at(-1)?.id ?? after;
      if (page.length < PAGE) {
        return hash.digest('hex').slice(0, 12);
      }
    }
  }

  return async (kind) => {
    const now = clock.now();
    const last = known.get(kind);
    if (last !== undefined && now < last.until) {
      return last.digest;
    }
    const digest = await digestOf(kind);
    known.set(kind, { digest, until: now + LOOK_EVERY_MS });
    return digest;
  };
}
