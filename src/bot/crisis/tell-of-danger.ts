import type { CampaignStore } from '../notices/campaign.ts';
import type { NoticeLedger } from '../notices/notice-ledger.ts';
import type { Subscriptions } from '../notices/subscription.ts';
import type { Clock } from '../ports.ts';
import type { CrisisMessage } from './crisis-message.ts';

export interface TellOfDangerDeps {
  readonly campaigns: Pick<CampaignStore, 'create' | 'latest' | 'change'>;
  readonly noticeLedger: Pick<NoticeLedger, 'drop'>;
  readonly subscriptions: Pick<Subscriptions, 'count'>;
  readonly clock: Clock;
}

/** Whose customers agreed to hear of their place. */
const TOPIC = 'planned_outage';

/**
 * Brings a version of a crisis message to the subscribers of its area, if it warns of danger: nobody has asked to be told
 * of rumours. What an earlier version had planned and not told yet is dropped: its words hold no more.
 */
export function createTellOfDanger(deps: TellOfDangerDeps): (message: CrisisMessage, isTold: boolean) => Promise<void> {
  const { campaigns, noticeLedger, subscriptions, clock } = deps;
  return async (message, isTold) => {
    const subject = `crisis/${message.id}`;
    const earlier = await campaigns.latest(subject);
    if (earlier !== undefined && (await campaigns.change(earlier.id, 'stopped'))) {
      await noticeLedger.drop(earlier.id);
    }
    if (!isTold || !message.isDanger || message.state !== 'published') {
      return;
    }
    const total = await subscriptions.count(TOPIC);
    await campaigns.create({
      ...{ id: `${subject}/${message.version}`, subject, title: `Cảnh báo: ${message.title}`, topic: TOPIC },
      source: { kind: 'crisis', message },
      createdAt: clock.now(),
      progress: { state: 'running', total, seen: 0 },
    });
  };
}
