import { createHash } from 'node:crypto';
import type { AccountRecords } from '../../bot/accounts/account.ts';
import type { Campaign, CampaignSource, CampaignStore } from '../../bot/notices/campaign.ts';
import type { NoticeRules } from '../../bot/notices/notice-rules.ts';
import type { Subscriptions } from '../../bot/notices/subscription.ts';
import type { Clock, OutageRecords } from '../../bot/ports.ts';
import type { PlannedOutage } from '../../bot/records.ts';
import type { SubscribedTopic } from '../../dialogs/subscribed-topic.ts';
import { dayWords } from '../actions/spoken-figures.ts';
import { dayOf, hourOf } from '../local-time.ts';
import { createAccountMembers } from './account-members.ts';

export interface RecordsWatchDeps {
  readonly campaigns: Pick<CampaignStore, 'create' | 'latest'>;
  readonly outages: Pick<OutageRecords, 'planned'>;
  readonly subscriptions: Pick<Subscriptions, 'count'>;
  readonly accounts: Pick<AccountRecords, 'countAccounts' | 'accountPage'>;
  readonly rules: Pick<NoticeRules, 'plannedOutage'>;
  readonly clock: Clock;
}

const LOOK_EVERY_MS = 60_000;
/** What is due that day is looked for from this hour on. */
const DAILY_FROM = '08:00';

const DAILY: readonly {
  readonly kind: 'bill' | 'debt' | 'reading_day';
  readonly topic: SubscribedTopic;
  readonly title: string;
}[] = [
  { kind: 'bill', topic: 'bill', title: 'Hóa đơn mới' },
  { kind: 'debt', topic: 'bill', title: 'Nhắc hóa đơn sắp đến hạn' },
  { kind: 'reading_day', topic: 'reading_day', title: 'Ngày ghi chỉ số' },
];

/**
 * Makes campaigns of what the records say: one a day for bills, for bills that will be due and for days of reading, and
 * one for each planned outage that is new, changed or cancelled. Made again after a crash, they are the same ones.
 */
export function createRecordsWatch({
  campaigns,
  outages,
  subscriptions,
  accounts,
  rules,
  clock,
}: RecordsWatchDeps): () => Promise<void> {
  let nextAt = 0;
  const membersOf = createAccountMembers({ accounts, clock });
  const { ownLeadMs, leadMs } = rules.plannedOutage;
  const aheadMs = Math.max(ownLeadMs, ...leadMs.values());

  async function make(subject: string, version: string, title: string, topic: SubscribedTopic, source: CampaignSource) {
    const total = await (source.kind === 'site_outage'
      ? accounts.countAccounts(source.accountKind)
      : subscriptions.count(topic));
    if (source.kind === 'site_outage' && total === 0) {
      return;
    }
    const progress = { state: 'running', total, seen: 0 } as const;
    const campaign: Campaign = {
      id: `${subject}/${version}`,
      subject,
      title,
      topic,
      source,
      createdAt: clock.now(),
      progress,
    };
    await campaigns.create(campaign);
  }

  /** What subscribers are told of an outage, unless it is what they were told last. */
  async function tellSubscribers(outage: PlannedOutage): Promise<void> {
    const subject = `outage/${outage.id}`;
    const last = (await campaigns.latest(subject))?.source;
    const earlier = last?.kind === 'planned_outage' ? last.outage : undefined;
    if (isNews(outage, earlier, ownLeadMs)) {
      const title = `${changeWords(outage, earlier)}: ${outage.area}`;
      await make(subject, versionOf(outage), title, 'planned_outage', {
        ...{ kind: 'planned_outage', outage, ...announced(earlier) },
      });
    }
  }

  /** The same for accounts of a kind; and what they were told last to those that have come since, with what is new of them. */
  async function tellAccounts(outage: PlannedOutage, accountKind: string, leadTimeMs: number): Promise<void> {
    const subject = `outage/${outage.id}/${accountKind}`;
    const { source: latest, progress } = (await campaigns.latest(subject)) ?? {};
    const last = latest?.kind === 'site_outage' ? latest : undefined;
    const members = await membersOf(accountKind);
    if (isNews(outage, last?.outage, leadTimeMs)) {
      const title = `${changeWords(outage, last?.outage)}, khách nhiều điểm: ${outage.area}`;
      const version = versionOf(outage);
      await make(subject, version, title, 'planned_outage', {
        ...{ kind: 'site_outage', accountKind, outage, version, members, ...announced(last?.outage) },
      });
      // What rests or was stopped is not gone on with by another name.
    } else if (
      outage.state !== 'cancelled' &&
      last !== undefined &&
      progress?.state === 'done' &&
      last.members !== members
    ) {
      const more = `Thêm đơn vị hoặc điểm, khách nhiều điểm: ${outage.area}`;
      const source = { kind: 'site_outage', accountKind, outage: last.outage, version: last.version, members } as const;
      await make(subject, `${last.version}-${members}`, more, 'planned_outage', source);
    }
  }

  /** Whether it is told now, with what was told last. */
  function isNews(outage: PlannedOutage, earlier: PlannedOutage | undefined, leadTimeMs: number): boolean {
    return earlier === undefined
      ? outage.state !== 'cancelled' && outage.from - clock.now() <= leadTimeMs
      : digestOf(earlier) !== digestOf(outage);
  }

  return async () => {
    const now = clock.now();
    if (now < nextAt) {
      return;
    }
    for (const outage of await outages.planned({ from: now, to: now + aheadMs })) {
      for (const [accountKind, leadTimeMs] of leadMs) {
        await tellAccounts(outage, accountKind, leadTimeMs);
      }
      await tellSubscribers(outage);
    }
    if (hourOf(now) >= DAILY_FROM) {
      const day = dayOf(now);
      for (const { kind, topic, title } of DAILY) {
        await make(kind, day, `${title} ${dayWords(day)}`, topic, { kind });
      }
    }
    nextAt = now + LOOK_EVERY_MS;
  };
}

/** Who was told that it is cancelled has no plan any more. */
function announced(earlier: PlannedOutage | undefined): { readonly earlier?: PlannedOutage } {
  return earlier === undefined || earlier.state === 'cancelled' ? {} : { earlier };
}

function changeWords(outage: PlannedOutage, earlier: PlannedOutage | undefined): string {
  return outage.state === 'cancelled' ? 'Hủy lịch' : earlier === undefined ? 'Lịch mới' : 'Đổi lịch';
}

/** The same change that is imported on another day is told again. */
function versionOf(outage: PlannedOutage): string {
  return `${digestOf(outage)}-${dayOf(outage.updatedAt)}`;
}

/** What a customer would notice of a change. */
function digestOf({ state, from, to, area, communes, feeders }: PlannedOutage): string {
  const parts = [state === 'cancelled', from, to, area, communes, feeders];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
