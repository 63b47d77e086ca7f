import { touchesCustomer } from '../../bot/incidents/match-outage.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { CampaignSource } from '../../bot/notices/campaign.ts';
import type { Notice } from '../../bot/notices/notice.ts';
import type { Subscription } from '../../bot/notices/subscription.ts';
import type { Customer, PlannedOutage } from '../../bot/records.ts';
import { momentWords } from '../actions/spoken-figures.ts';
import { maskOf, tailsOf } from './notice-codes.ts';
import type { WritingDeps } from './writing-deps.ts';

type Source = Extract<CampaignSource, { readonly kind: 'planned_outage' }>;

type Change = 'outage_new' | 'outage_changed' | 'outage_cancelled';

/**
 * A planned outage as it concerns one customer: one that has moved away from him is cancelled for him, one that has
 * moved to him is new. What was announced before is named. Whoever has subscribed for several contracts in this
 * conversation reads of all that it concerns alike in one message. `undefined`: it does not concern him.
 */
export async function writeOutage(
  source: Source,
  customer: Customer,
  { conversationId }: Pick<Subscription, 'conversationId'>,
  deps: WritingDeps,
): Promise<Notice | undefined> {
  const { outage, earlier = outage } = source;
  const change = changeFor(source, customer, deps);
  if (change === undefined) {
    return undefined;
  }
  const tail = tailsOf(await codesAlike(source, change, conversationId, deps));
  const { area, reason = 'điện lực chưa nêu' } = outage;
  const [when, before] = [whenWords(outage), whenWords(earlier)];
  const values = {
    outage_new: { tail, when, area, reason },
    outage_changed: { tail, earlier: before, when, area },
    outage_cancelled: { tail, earlier: before, area: earlier.area },
  }[change];
  const version = maskOf(`${outage.version}/${outage.from}/${outage.to ?? ''}/${outage.state}`);
  return {
    // Told once to a conversation, whatever contracts it has in the area.
    event: `outage/${maskOf(outage.id)}/${version}/${change}`,
    topic: 'planned_outage',
    replies: [deps.noticeTemplates.reply({ name: change, values })],
    expiresAt: outage.to ?? outage.from,
  };
}

function changeFor(
  { outage, earlier }: Source,
  customer: Customer,
  { provinceNames }: WritingDeps,
): Change | undefined {
  const concerns = (one: PlannedOutage | undefined) =>
    one !== undefined && one.state !== 'cancelled' && touchesCustomer(one, customer, provinceNames);
  const [isNow, wasBefore] = [concerns(outage), concerns(earlier)];
  if (isNow) {
    return wasBefore ? 'outage_changed' : 'outage_new';
  }
  return wasBefore ? 'outage_cancelled' : undefined;
}

/** The contracts of this conversation of which the same is to be told, by their codes. */
async function codesAlike(
  source: Source,
  change: Change,
  conversationId: ConversationId,
  deps: WritingDeps,
): Promise<readonly string[]> {
  const own = (await deps.subscriptions.of(conversationId)).filter(({ topic }) => topic === 'planned_outage');
  const customers = await Promise.all(own.map(({ customerCode }) => deps.customers.customer(customerCode)));
  return customers
    .filter((one) => one !== undefined && changeFor(source, one, deps) === change)
    .flatMap((one) => one?.code ?? [])
    .sort();
}

function whenWords({ from, to }: PlannedOutage): string {
  return to === undefined ? `từ ${momentWords(from)}` : `từ ${momentWords(from)} đến ${momentWords(to)}`;
}
