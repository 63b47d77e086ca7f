import type { Campaign, CampaignStore } from '../notices/campaign.ts';
import type { NoticeLedger } from '../notices/notice-ledger.ts';
import type { Subscriptions } from '../notices/subscription.ts';
import type { Clock } from '../ports.ts';
import { type CrisisMessage, isInForce } from './crisis-message.ts';
import type { CrisisRecords } from './crisis-records.ts';

export interface TellOfDangerDeps {
  readonly crises: Pick<CrisisRecords, 'crisis' | 'crisesInForce'>;
  readonly campaigns: Pick<CampaignStore, 'create' | 'find' | 'list' | 'change'>;
  readonly noticeLedger: Pick<NoticeLedger, 'drop'>;
  readonly subscriptions: Pick<Subscriptions, 'count'>;
  readonly clock: Clock;
}

/** Whose customers agreed to hear of their place. */
const TOPIC = 'planned_outage';
const MOST_OPEN = 1_000;

/**
 * Makes the campaigns what the crisis messages say: one for each version that warns of danger and is to be told – nobody
 * has asked to be told of rumours – and none of words that hold no more. Whoever has published a message calls it, and so
 * does every round of the sweep: what a crash has left undone between the message and its campaign is done by the next.
 */
export function createTellOfDanger(deps: TellOfDangerDeps): () => Promise<void> {
  const { crises, campaigns, noticeLedger, subscriptions, clock } = deps;

  async function begin(message: CrisisMessage): Promise<void> {
    const subject = `crisis/${message.id}`;
    const id = `${subject}/${message.version}`;
    if ((await campaigns.find(id)) !== undefined) {
      return;
    }
    const total = await subscriptions.count(TOPIC);
    await campaigns.create({
      ...{ id, subject, title: `Cảnh báo: ${message.title}`, topic: TOPIC },
      source: { kind: 'crisis', message },
      createdAt: clock.now(),
      progress: { state: 'running', total, seen: 0 },
    });
  }

  /** What an earlier version had planned and not told yet is dropped. */
  async function endIfOver({ id, source }: Campaign): Promise<void> {
    if (source.kind !== 'crisis') {
      return;
    }
    const newest = await crises.crisis(source.message.id);
    if (newest?.version === source.message.version && newest.state === 'published') {
      return;
    }
    await campaigns.change(id, 'stopped');
    await noticeLedger.drop(id);
  }

  return async () => {
    for (const campaign of await campaigns.list({ states: ['running', 'paused'], limit: MOST_OPEN })) {
      await endIfOver(campaign);
    }
    const now = clock.now();
    for (const message of await crises.crisesInForce(now)) {
      if (message.isTold === true && message.isDanger && isInForce(message, now)) {
        await begin(message);
      }
    }
  };
}
