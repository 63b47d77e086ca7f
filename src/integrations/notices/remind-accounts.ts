import type { AccountRecords } from '../../bot/accounts/account.ts';
import { isInformed, latestOf, type SiteNotice, type SiteNotices } from '../../bot/accounts/site-notice.ts';
import { parseConversationId } from '../../bot/conversation.ts';
import type { NoticeRules } from '../../bot/notices/notice-rules.ts';
import type { TellRecipient } from '../../bot/notices/tell-recipient.ts';
import type { Clock } from '../../bot/ports.ts';
import type { SiteLetters } from './load-site-letters.ts';
import type { ReadLinks } from './read-links.ts';
import { whenWords } from './write-outage.ts';
import { writeSiteLetter } from './write-site-letter.ts';

export interface RemindDeps {
  readonly accounts: Pick<AccountRecords, 'account'>;
  readonly siteNotices: Pick<SiteNotices, 'open' | 'remind'>;
  readonly tell: TellRecipient;
  readonly siteLetters: SiteLetters;
  readonly readLinks: Pick<ReadLinks, 'linkTo'>;
  readonly rules: Pick<NoticeRules, 'plannedOutage'>;
  readonly clock: Clock;
}

const LOOK_EVERY_MS = 60_000;

/** Writes once more to contacts of whose account nobody has confirmed to have read that it will be without power. */
export function createRemindAccounts(deps: RemindDeps): () => Promise<void> {
  const { accounts, siteNotices, rules, clock } = deps;
  let nextAt = 0;

  async function remind(notice: SiteNotice, now: number): Promise<void> {
    const account = await accounts.account(notice.accountId);
    const contact = account?.contacts.find(({ id }) => id === notice.contactId);
    const way = notice.sent.find(({ conversationId }) => parseConversationId(conversationId).channel === 'email');
    if (account !== undefined && contact !== undefined && way !== undefined) {
      const { id, area, startsAt, endsAt, openUntil, codes } = notice;
      const letter = writeSiteLetter(deps.siteLetters, {
        ...{ kind: 'reminder', account, contact, area, spared: [] },
        cut: account.sites.filter(({ code }) => codes.includes(code)),
        ...{ when: whenWords({ from: startsAt, to: endsAt }), href: deps.readLinks.linkTo(id, openUntil) },
      });
      await deps.tell(
        { conversationId: way.conversationId },
        { event: `site/${id}/reminder`, topic: 'planned_outage', replies: [letter], expiresAt: startsAt },
      );
    }
    await siteNotices.remind(notice.id, now);
  }

  return async () => {
    const now = clock.now();
    if (now < nextAt) {
      return;
    }
    const latest = latestOf(await siteNotices.open(now));
    for (const notice of latest) {
      const isDue = notice.remindedAt === undefined && now - notice.at >= rules.plannedOutage.remindAfterMs;
      if (isDue && notice.change !== 'cancelled' && now < notice.startsAt && !isInformed(notice, latest)) {
        await remind(notice, now);
      }
    }
    nextAt = now + LOOK_EVERY_MS;
  };
}
