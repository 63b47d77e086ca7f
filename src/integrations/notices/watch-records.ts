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

export interface RecordsWatchDeps {
  readonly campaigns: Pick<CampaignStore, 'create' | 'latest'>;
  readonly outages: Pick<OutageRecords, 'planned'>;
  readonly subscriptions: Pick<Subscriptions, 'count'>;
  readonly accounts: Pick<AccountRecords, 'countAccounts'>;
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

  /** Tells of an outage whoever is told so early, unless it is what they were told last. */
  async function watchOutage(
    outage: PlannedOutage,
    { leadTimeMs, accountKind }: { readonly leadTimeMs: number; readonly accountKind?: string },
  ): Promise<void> {
    const subject = accountKind === undefined ? `outage/${outage.id}` : `outage/${outage.id}/${accountKind}`;
    const last = (await campaigns.latest(subject))?.source;
    const earlier = last?.kind === 'planned_outage' || last?.kind === 'site_outage' ? last.outage : undefined;
    const isFirst = outage.state !== 'cancelled' && outage.from - clock.now() <= leadTimeMs;
    if (earlier === undefined ? !isFirst : digestOf(earlier) === digestOf(outage)) {
      return;
    }
    const what = outage.state === 'cancelled' ? 'Hủy lịch' : earlier === undefined ? 'Lịch mới' : 'Đổi lịch';
    // Who was told that it is cancelled has no plan any more.
    const plan = { outage, ...(earlier !== undefined && earlier.state !== 'cancelled' && { earlier }) };
    await make(
      subject,
      `${digestOf(outage)}-${dayOf(outage.updatedAt)}`,
      `${what}${accountKind === undefined ? '' : ', khách nhiều điểm'}: ${outage.area}`,
      'planned_outage',
      accountKind === undefined ? { kind: 'planned_outage', ...plan } : { kind: 'site_outage', accountKind, ...plan },
    );
  }

  return async () => {
    const now = clock.now();
    if (now < nextAt) {
      return;
    }
    for (const outage of await outages.planned({ from: now, to: now + aheadMs })) {
      for (const [accountKind, leadTimeMs] of leadMs) {
        await watchOutage(outage, { leadTimeMs, accountKind });
      }
      await watchOutage(outage, { leadTimeMs: ownLeadMs });
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

/** What a customer would notice of a change. */
function digestOf({ state, from, to, area, communes, feeders }: PlannedOutage): string {
  const parts = [state === 'cancelled', from, to, area, communes, feeders];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
