import type { Account, AccountRecords } from '../accounts/account.ts';
import type { Clock } from '../ports.ts';
import {
  type Campaign,
  type CampaignStore,
  noticeTopicOf,
  type SiteOutage,
  type SubscriberSource,
} from './campaign.ts';
import { STOPPED_HELD } from './give-notice.ts';
import type { Notice, Recipient } from './notice.ts';
import type { NoticeLedger } from './notice-ledger.ts';
import type { NoticeRules } from './notice-rules.ts';
import type { Subscription, Subscriptions } from './subscription.ts';
import type { TellRecipient } from './tell-recipient.ts';

export interface CampaignRunnerDeps {
  readonly campaigns: CampaignStore;
  readonly subscriptions: Pick<Subscriptions, 'page'>;
  readonly ledger: Pick<NoticeLedger, 'counts' | 'drop'>;
  readonly tell: TellRecipient;
  readonly accounts: Pick<AccountRecords, 'accountPage'>;
  readonly write: WriteNotice;
  readonly tellAccount: TellAccount;
  readonly rules: Pick<NoticeRules, 'quietUntil'>;
  readonly clock: Clock;
}

/** What a campaign has to tell to a subscriber; `undefined`: it does not concern him. */
export type WriteNotice = (
  source: SubscriberSource,
  subscription: Subscription,
) => Promise<{ readonly recipient: Recipient; readonly notice: Notice } | undefined>;

/** Tells the contacts of an account what a planned outage is to its sites, if it concerns any; again it is the same. */
export type TellAccount = (source: SiteOutage, account: Account, campaign: string) => Promise<void>;

export interface CampaignRunner {
  /** One round: draws the next page of recipients of each running campaign, while not too many wait. */
  step(): Promise<void>;
}

const PAGE = 500;
/** Notices that are planned and not given yet: more would only make a pause or a stop come late. */
const MOST_WAITING = 2_000;
const DROP_EVERY_MS = 60_000;

/**
 * Draws recipients page after page and plans their notices; the giver brings them out at the pace of each channel. The
 * place is kept after each page, so a crash repeats one page, and a notice that is planned already is not planned again.
 */
export function createCampaignRunner(deps: CampaignRunnerDeps): CampaignRunner {
  const { campaigns, ledger, clock } = deps;
  let nextDropAt = 0;

  async function waitingOf(id: string): Promise<number> {
    const counts = await ledger.counts(id);
    return counts.find(({ state }) => state === 'waiting')?.count ?? 0;
  }

  /** Tells the next page of those who may be concerned; their cursors. */
  async function tellPage(campaign: Campaign, place: { readonly after?: string }): Promise<readonly string[]> {
    const { id, topic, source } = campaign;
    if (source.kind === 'site_outage') {
      const accounts = await deps.accounts.accountPage({ kind: source.accountKind, limit: PAGE, ...place });
      for (const account of accounts) {
        await deps.tellAccount(source, account, id);
      }
      return accounts.map((account) => account.id);
    }
    const page = await deps.subscriptions.page({ topic, limit: PAGE, ...place });
    await Promise.all(
      page.map(async ({ subscription }) => {
        const told = await deps.write(source, subscription);
        if (told !== undefined) {
          await deps.tell(told.recipient, { ...told.notice, campaign: id });
        }
      }),
    );
    return page.map(({ cursor }) => cursor);
  }

  async function drawPage(campaign: Campaign): Promise<void> {
    const { id, progress } = campaign;
    const { cursor, seen } = progress;
    const cursors = await tellPage(campaign, cursor === undefined ? {} : { after: cursor });
    const last = cursors.at(-1);
    if (last !== undefined) {
      await campaigns.advance(id, { seen: seen + cursors.length, cursor: last });
    }
    // Until the last one is given it can be held or stopped.
    if (cursors.length < PAGE && (await waitingOf(id)) === 0) {
      await campaigns.change(id, 'done');
    }
  }

  /** Whoever stopped one may have died before he had dropped what waited. */
  async function dropStopped(): Promise<void> {
    if (clock.now() < nextDropAt) {
      return;
    }
    for (const { id } of await campaigns.list({ states: ['stopped'], limit: STOPPED_HELD })) {
      await ledger.drop(id);
    }
    nextDropAt = clock.now() + DROP_EVERY_MS;
  }

  return {
    async step() {
      await dropStopped();
      for (const campaign of await campaigns.list({ states: ['running'], limit: 100 })) {
        const isQuiet = deps.rules.quietUntil(noticeTopicOf(campaign), clock.now(), false) !== undefined;
        if (!isQuiet && (await waitingOf(campaign.id)) < MOST_WAITING) {
          await drawPage(campaign);
        }
      }
    },
  };
}
