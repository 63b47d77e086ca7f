import type { SiteChange } from '../../../bot/accounts/site-notice.ts';
import type { NoticeStanding } from '../../../bot/notices/notice-ledger.ts';

/** `GET site-notices`: planned outages of which accounts were told, those that begin first first. */
export interface SiteNoticesAnswer {
  readonly outages: readonly SiteOutageAnswer[];
}

/** Counts are of contacts. */
export interface SiteOutageAnswer {
  readonly id: string;
  readonly area: string;
  /** UTC ms. */
  readonly startsAt: number;
  /** Absent: nobody has said when power is back. */
  readonly endsAt?: number;
  readonly accounts: number;
  /** On its way, or with the mail server or the gateway. */
  readonly sent: number;
  /** The other side says that it is there: not every channel tells. */
  readonly delivered: number;
  /** Nothing went out on any way. */
  readonly unreached: number;
  readonly confirmed: number;
  readonly toCall: number;
  /** The first of them: who has still to be called. */
  readonly contacts: readonly SiteContactAnswer[];
  readonly contactsTotal: number;
}

export interface SiteContactAnswer {
  readonly id: string;
  readonly account: string;
  readonly contact: string;
  /** Codes are masked. */
  readonly sites: readonly { readonly name: string; readonly code: string }[];
  readonly change: SiteChange;
  /** UTC ms. */
  readonly at: number;
  readonly ways: readonly SiteWayAnswer[];
  readonly remindedAt?: number;
  readonly confirmedAt?: number;
  readonly called?: { readonly at: number; readonly by: string };
  /** Masked. */
  readonly phone?: string;
  /** Somebody of the account has confirmed or was called. */
  readonly isInformed: boolean;
  /** Nobody of the account knows, and it is time, or no way leads there. */
  readonly isToCall: boolean;
}

/** How a notice stands on one way to a contact. */
export interface SiteWayAnswer extends Omit<NoticeStanding, 'conversationId' | 'plannedAt'> {
  readonly channel: string;
}

/** `POST site-notices/phone`: the phone of a contact, whole; noted in the audit log. */
export interface SitePhoneAnswer {
  readonly phone: string;
}

/** `POST site-notices/export`: a file to save. */
export interface SiteNoticesExport {
  readonly name: string;
  readonly content: string;
}
