/** An organisation that has several contracts, as the utility's own system knows it. */
export interface Account {
  /** The utility's own number of it. */
  readonly id: string;
  readonly name: string;
  /** A key of `planned_outage.lead_days.accounts` in `data/notices/rules.yaml`: how early it is told of planned outages. */
  readonly kind: string;
  readonly sites: readonly AccountSite[];
  readonly contacts: readonly AccountContact[];
  /** Stamp of the import that wrote it. */
  readonly version: string;
}

/** A contract, and what the organisation calls the place. */
export interface AccountSite {
  readonly code: string;
  readonly name: string;
}

/** Somebody who is told on behalf of the organisation. At least one of the addresses is there. */
export interface AccountContact {
  /** Unique within the account. */
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  /** `0…`. */
  readonly phone?: string;
}

/** Accounts as the import wrote them. */
export interface AccountRecords {
  account(id: string): Promise<Account | undefined>;
  /** Those of a kind in the order of their ids, after one of them. */
  accountPage(query: {
    readonly kind: string;
    readonly after?: string;
    readonly limit: number;
  }): Promise<readonly Account[]>;
  countAccounts(kind: string): Promise<number>;
  /** Those that have this contract among their sites. */
  accountsWith(customerCode: string): Promise<readonly Account[]>;
}

/** What stays of an account without one of its contracts; `undefined`: nothing does. */
export function withoutSite<T extends Pick<Account, 'sites'>>(account: T, customerCode: string): T | undefined {
  const sites = account.sites.filter(({ code }) => code !== customerCode);
  return sites.length === 0 ? undefined : { ...account, sites };
}
