import type { Colleague } from '../colleague.ts';
import type { ConversationId } from '../message.ts';

/** What an outage is to the sites of an account now; the first of these that holds for any of them. */
export type SiteChange = 'new' | 'changed' | 'cancelled';

/**
 * One contact of an account is told of one version of a planned outage, and what came of it. What was sent stands in the
 * ledger of notices under `keys`; here stands who has confirmed to have read it, and who was called because nobody had.
 */
export interface SiteNotice extends SiteNoticePlan {
  /** The reminder was given to the ledger, UTC ms. */
  readonly remindedAt?: number;
  /** He has pressed the button of the page, UTC ms; the first time counts. */
  readonly confirmedAt?: number;
  /** Somebody at the desk has called him. */
  readonly called?: { readonly at: number; readonly by: Colleague };
}

export interface SiteNoticePlan {
  /** In signs of `[a-z0-9/]`; names nobody. */
  readonly id: string;
  readonly outageId: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly change: SiteChange;
  /** The contracts that it concerns. */
  readonly codes: readonly string[];
  /** Where it went, and under which keys of the ledger. */
  readonly sent: readonly { readonly conversationId: ConversationId; readonly key: string }[];
  /** Where the outage is, as it is published. */
  readonly area: string;
  /** Of the outage in this version, UTC ms. */
  readonly startsAt: number;
  /** When power is to be back; absent: nobody has said. */
  readonly endsAt?: number;
  /** From then on it matters to nobody, UTC ms. */
  readonly openUntil: number;
  /** When it was written, UTC ms. */
  readonly at: number;
}

/** What is told to accounts. What must be atomic is one unique insert by id. */
export interface SiteNotices {
  /** `false`: it is there; where it goes is then what is said now. */
  plan(notice: SiteNoticePlan): Promise<boolean>;
  find(id: string): Promise<SiteNotice | undefined>;
  /** Those that matter still at that time, UTC ms, the oldest first. */
  open(now: number): Promise<readonly SiteNotice[]>;
  /** What the contacts of an account were told of an outage, the oldest first. */
  ofAccount(outageId: string, accountId: string): Promise<readonly SiteNotice[]>;
  /** The first time is kept. `undefined`: there is no such notice. */
  confirm(id: string, at: number): Promise<SiteNotice | undefined>;
  remind(id: string, at: number): Promise<void>;
  /** The first call is kept. `undefined`: there is no such notice. */
  call(id: string, called: NonNullable<SiteNotice['called']>): Promise<SiteNotice | undefined>;
  /** Forgets those written before that time, but of these contracts and conversations; returns how many. */
  prune(before: number, except?: SiteNoticesKept): Promise<number>;
}

export interface SiteNoticesKept {
  readonly codes: readonly string[];
  readonly conversations: readonly ConversationId[];
}

/** The last word to each contact of each outage: a new version takes the place of the one before. */
export function latestOf(notices: readonly SiteNotice[]): readonly SiteNotice[] {
  const last = new Map(notices.map((one) => [`${one.outageId}\n${one.accountId}\n${one.contactId}`, one]));
  return [...last.values()];
}

/** Whether an account knows: one of its contacts has read it or was called about it. */
export function isInformed(notice: SiteNotice, all: readonly SiteNotice[]): boolean {
  return all.some(
    (one) =>
      one.outageId === notice.outageId &&
      one.accountId === notice.accountId &&
      (one.confirmedAt !== undefined || one.called !== undefined),
  );
}
