import type { Account, AccountContact, AccountRecords } from '../../bot/accounts/account.ts';
import { isInformed, latestOf, type SiteNotice, type SiteNotices } from '../../bot/accounts/site-notice.ts';
import { parseConversationId } from '../../bot/conversation.ts';
import { elseKeyOf } from '../../bot/notices/notice.ts';
import type { NoticeLedger, NoticeStanding } from '../../bot/notices/notice-ledger.ts';
import type { NoticeRules } from '../../bot/notices/notice-rules.ts';
import type { Clock } from '../../bot/ports.ts';
import { createKeptAnswers } from '../kept-answers.ts';
import type { SiteContactAnswer, SiteOutageAnswer, SiteWayAnswer } from './desk-api/site-notices.ts';
import { maskCode, maskPhone } from './mask.ts';

export interface SiteBoardDeps {
  readonly siteNotices: Pick<SiteNotices, 'open'>;
  readonly accounts: Pick<AccountRecords, 'account'>;
  readonly noticeLedger: Pick<NoticeLedger, 'standing'>;
  readonly noticeRules: Pick<NoticeRules, 'plannedOutage'>;
  readonly clock: Clock;
}

/** A notice with what is known of who was told. */
export interface SiteRow {
  readonly notice: SiteNotice;
  readonly account?: Account;
  readonly contact?: AccountContact;
  readonly answer: SiteContactAnswer;
}

/** As many as an agent can go through; those who have still to be called come first, and the CSV has all. */
const CONTACTS_SHOWN = 100;
const KEPT_MS = 4_000;
/** Keys that are looked up in one piece: whatever waits for the next turn of the loop does not wait long. */
const KEYS_AT_ONCE = 500;

const UNDER_WAY: readonly NoticeStanding['state'][] = ['waiting', 'given'];
const SENT: readonly NoticeStanding['state'][] = ['given', 'accepted', 'delivered', 'read', 'uncertain'];
const DELIVERED: readonly NoticeStanding['state'][] = ['delivered', 'read'];

export interface SiteBoard {
  /** For everybody who looks: read anew only every few seconds. */
  outages(): Promise<readonly SiteOutageAnswer[]>;
  /** Somebody has changed something here. */
  forget(): void;
}

export function createSiteBoard(deps: SiteBoardDeps): SiteBoard {
  const kept = createKeptAnswers<readonly SiteOutageAnswer[]>(deps.clock, 1);
  return {
    outages: () => kept.get('all', KEPT_MS, async () => outagesOf(await readSiteRows(deps))),
    forget: kept.forget,
  };
}

/** The last word to each contact about every outage that is not over, those first who have still to be called. */
export async function readSiteRows(deps: SiteBoardDeps): Promise<readonly SiteRow[]> {
  const now = deps.clock.now();
  const latest = latestOf(await deps.siteNotices.open(now));
  const ids = [...new Set(latest.map(({ accountId }) => accountId))];
  const found = await Promise.all(ids.map(async (id) => [id, await deps.accounts.account(id)] as const));
  const accounts = new Map(found);
  const standing = await standingOf(deps, latest.flatMap(keysOf));
  const rows = latest.map((notice) => {
    const account = accounts.get(notice.accountId);
    const contact = account?.contacts.find(({ id }) => id === notice.contactId);
    const ways = keysOf(notice).flatMap((key) => wayOf(standing.get(key)));
    const isDue = now >= notice.startsAt - deps.noticeRules.plannedOutage.callBeforeMs || isUnreached(ways);
    const isKnown = isInformed(notice, latest);
    const isToCall =
      contact !== undefined && notice.change !== 'cancelled' && now < notice.startsAt && isDue && !isKnown;
    const answer = answerOf(notice, account, contact, { ways, isInformed: isKnown, isToCall });
    return { notice, ...(account && { account }), ...(contact && { contact }), answer };
  });
  return rows.sort((one, other) => byUrgency(one.answer, other.answer));
}

async function standingOf({ noticeLedger }: SiteBoardDeps, keys: readonly string[]) {
  const standing = new Map<string, NoticeStanding>();
  for (let next = 0; next < keys.length; next += KEYS_AT_ONCE) {
    for (const [key, one] of await noticeLedger.standing(keys.slice(next, next + KEYS_AT_ONCE))) {
      standing.set(key, one);
    }
    await new Promise(setImmediate);
  }
  return standing;
}

/** The rows by their outages, those that begin first first. */
export function outagesOf(rows: readonly SiteRow[]): readonly SiteOutageAnswer[] {
  const groups = Map.groupBy(rows, ({ notice }) => notice.outageId);
  return [...groups]
    .map(([id, members]) => {
      const newest = members.reduce((one, other) => (other.notice.at > one.notice.at ? other : one)).notice;
      const contacts = members.map(({ answer }) => answer);
      const count = (isCounted: (one: SiteContactAnswer) => boolean) => contacts.filter(isCounted).length;
      const hasWay = (states: readonly NoticeStanding['state'][]) =>
        count(({ ways }) => ways.some(({ state }) => states.includes(state)));
      const { area, startsAt, endsAt } = newest;
      return {
        ...{ id, area, startsAt, contacts: contacts.slice(0, CONTACTS_SHOWN), contactsTotal: contacts.length },
        ...(endsAt !== undefined && { endsAt }),
        accounts: new Set(members.map(({ notice }) => notice.accountId)).size,
        ...{ sent: hasWay(SENT), delivered: hasWay(DELIVERED) },
        unreached: count(({ ways }) => isUnreached(ways)),
        confirmed: count(({ confirmedAt }) => confirmedAt !== undefined),
        toCall: count(({ isToCall }) => isToCall),
      };
    })
    .sort((one, other) => one.startsAt - other.startsAt || (one.id < other.id ? -1 : 1));
}

/** What was sent, and what went to another address instead. */
function keysOf({ sent }: SiteNotice): readonly string[] {
  return sent.flatMap(({ key }) => [key, elseKeyOf(key)]);
}

function wayOf(standing: NoticeStanding | undefined): readonly SiteWayAnswer[] {
  if (standing === undefined) {
    return [];
  }
  const { conversationId, state, reason } = standing;
  return [{ channel: parseConversationId(conversationId).channel, state, ...(reason !== undefined && { reason }) }];
}

/** Nothing is under way any more, and nothing has arrived. */
function isUnreached(ways: readonly SiteWayAnswer[]): boolean {
  return ways.every(({ state }) => !UNDER_WAY.includes(state) && !SENT.includes(state));
}

function answerOf(
  notice: SiteNotice,
  account: Account | undefined,
  contact: AccountContact | undefined,
  more: Pick<SiteContactAnswer, 'ways' | 'isInformed' | 'isToCall'>,
): SiteContactAnswer {
  const { id, change, at, codes, remindedAt, confirmedAt, called } = notice;
  const nameOf = (code: string) => account?.sites.find((site) => site.code === code)?.name ?? '';
  return {
    ...{ id, change, at, ...more },
    account: account?.name ?? notice.accountId,
    contact: contact?.name ?? 'Không còn trong dữ liệu',
    sites: codes.map((code) => ({ name: nameOf(code), code: maskCode(code) })),
    ...(remindedAt !== undefined && { remindedAt }),
    ...(confirmedAt !== undefined && { confirmedAt }),
    ...(called !== undefined && { called: { at: called.at, by: called.by.name } }),
    ...(contact?.phone !== undefined && { phone: maskPhone(contact.phone) }),
  };
}

function byUrgency(one: SiteContactAnswer, other: SiteContactAnswer): number {
  return (
    Number(other.isToCall) - Number(one.isToCall) ||
    one.account.localeCompare(other.account, 'vi') ||
    one.contact.localeCompare(other.contact, 'vi')
  );
}
