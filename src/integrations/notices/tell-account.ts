import type { Account, AccountContact, AccountSite } from '../../bot/accounts/account.ts';
import type { SiteChange, SiteNotice, SiteNoticePlan, SiteNotices } from '../../bot/accounts/site-notice.ts';
import type { ProvinceNames } from '../../bot/incidents/match-outage.ts';
import type { SiteOutage } from '../../bot/notices/campaign.ts';
import { type Notice, noticeKeyOf, type Recipient } from '../../bot/notices/notice.ts';
import type { TellAccount } from '../../bot/notices/run-campaigns.ts';
import type { TellRecipient } from '../../bot/notices/tell-recipient.ts';
import type { Clock, CustomerRecords } from '../../bot/ports.ts';
import type { Reply } from '../../dialogs/reply.ts';
import type { NoticeTemplates } from './load-notice-templates.ts';
import type { SiteLetters } from './load-site-letters.ts';
import { maskOf, tailsOf } from './notice-codes.ts';
import type { ReadLinks } from './read-links.ts';
import { type PhoneWays, recipientByPhone } from './recipient-by-phone.ts';
import { changeFor, templateValues, whenWords } from './write-outage.ts';
import { writeSiteLetter } from './write-site-letter.ts';

export interface TellAccountDeps {
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly siteNotices: Pick<SiteNotices, 'plan' | 'ofAccount'>;
  readonly tell: TellRecipient;
  /** By channel; may be filled later. */
  readonly adapters: PhoneWays;
  readonly noticeTemplates: Pick<NoticeTemplates, 'reply'>;
  readonly siteLetters: SiteLetters;
  readonly readLinks: Pick<ReadLinks, 'linkTo'>;
  readonly provinceNames: ProvinceNames;
  readonly clock: Clock;
}

interface Concerned {
  readonly change: SiteChange;
  readonly cut: readonly AccountSite[];
  readonly spared: readonly AccountSite[];
}

/** How long a notice of an outage matters of which nobody says when it ends. */
const ENDLESS_MS = 86_400_000;
const TEMPLATES = { new: 'outage_new', changed: 'outage_changed', cancelled: 'outage_cancelled' } as const;

/**
 * Tells each contact of an account of every site that an outage concerns: in one letter, whose reading he confirms, and in
 * a few words by phone. What is kept first is that he is to be told, unique by what he is told; then the notices.
 */
export function createTellAccount(deps: TellAccountDeps): TellAccount {
  /** Where a contact is told, and in which words. */
  function waysTo(
    { email, phone }: AccountContact,
    letter: Reply,
    source: SiteOutage,
    { change, cut, spared }: Concerned,
  ): readonly { readonly to: Recipient; readonly reply: Reply }[] {
    const { adapters, noticeTemplates } = deps;
    const name = TEMPLATES[change];
    const lettered = email === undefined ? undefined : adapters.get('email')?.conversationWith?.(email);
    const phoned = phone === undefined ? undefined : recipientByPhone(adapters, name, phone);
    const tail = tailsOf((change === 'cancelled' ? spared : cut).map(({ code }) => code));
    const values = templateValues(source, tail)[name];
    return [
      ...(lettered === undefined ? [] : [{ to: { conversationId: lettered }, reply: letter }]),
      ...(phoned === undefined ? [] : [{ to: phoned, reply: noticeTemplates.reply({ name, values }) }]),
    ];
  }

  async function tellContact(
    source: SiteOutage,
    account: Account,
    contact: AccountContact,
    concerned: Concerned,
    { campaign, told }: { readonly campaign: string; readonly told: readonly SiteNotice[] },
  ): Promise<void> {
    const { outage, earlier = outage } = source;
    const { change, cut, spared } = concerned;
    // Goes by what he is told, not by the campaign: one that comes after it for new sites tells the others nothing.
    const codes = (cut.length > 0 ? cut : spared).map(({ code }) => code).sort();
    const what = `${outage.id}/${source.version}`;
    const id = `${maskOf(what)}/${maskOf(`${account.id}/${contact.id}/${codes}`)}`;
    const openUntil = outage.to ?? outage.from + ENDLESS_MS;
    const letter = writeSiteLetter(deps.siteLetters, {
      ...{ kind: change, account, contact, cut, spared, area: outage.area, reason: outage.reason },
      ...{ when: whenWords(outage), earlier: whenWords(earlier), href: deps.readLinks.linkTo(id, openUntil) },
    });
    const event = `site/${id}`;
    const ways = waysTo(contact, letter, source, concerned);
    const plan: SiteNoticePlan = {
      ...{ id, outageId: outage.id, accountId: account.id, contactId: contact.id, change },
      codes: [...cut, ...spared].map(({ code }) => code),
      sent: ways.map(({ to: { conversationId } }) => ({ conversationId, key: noticeKeyOf(event, conversationId) })),
      ...{ area: outage.area, startsAt: outage.from, openUntil, at: deps.clock.now() },
      ...(outage.to !== undefined && { endsAt: outage.to }),
    };
    if (told.some((earlier) => holdsAll(earlier, plan, maskOf(what)))) {
      return;
    }
    await deps.siteNotices.plan(plan);
    const notice: Omit<Notice, 'replies'> = { event, topic: 'planned_outage', expiresAt: openUntil, campaign };
    for (const { to, reply } of ways) {
      await deps.tell(to, { ...notice, replies: [reply] });
    }
  }

  return async (source, account, campaign) => {
    const concerned = await concernedBy(source, account, deps);
    if (concerned === undefined) {
      return;
    }
    const told = await deps.siteNotices.ofAccount(source.outage.id, account.id);
    for (const contact of account.contacts) {
      await tellContact(source, account, contact, concerned, { campaign, told });
    }
  };
}

/** Whether a contact has read all of it before, on the same ways: a site that has gone since is no news to him. */
function holdsAll(earlier: SiteNotice, plan: SiteNoticePlan, version: string): boolean {
  return (
    earlier.id !== plan.id &&
    earlier.id.startsWith(`${version}/`) &&
    earlier.contactId === plan.contactId &&
    earlier.change === plan.change &&
    plan.codes.every((code) => earlier.codes.includes(code)) &&
    plan.sent.every((way) => earlier.sent.some(({ conversationId }) => conversationId === way.conversationId))
  );
}

/** What the outage is to the sites; `undefined`: it concerns none of them. */
async function concernedBy(
  source: SiteOutage,
  { sites }: Account,
  deps: Pick<TellAccountDeps, 'customers' | 'provinceNames'>,
): Promise<Concerned | undefined> {
  const changes = await Promise.all(
    sites.map(async (site) => {
      const customer = await deps.customers.customer(site.code);
      return { site, change: customer && changeFor(source, customer, deps) };
    }),
  );
  const cut = changes.flatMap(({ site, change }) =>
    change === 'outage_new' || change === 'outage_changed' ? [site] : [],
  );
  const spared = changes.flatMap(({ site, change }) => (change === 'outage_cancelled' ? [site] : []));
  if (cut.length === 0) {
    return spared.length === 0 ? undefined : { change: 'cancelled', cut, spared };
  }
  const isNew = spared.length === 0 && changes.every(({ change }) => change !== 'outage_changed');
  return { change: isNew ? 'new' : 'changed', cut, spared };
}
