import { touchesCustomer } from '../../bot/incidents/match-outage.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { SiteOutage, SubscriberSource } from '../../bot/notices/campaign.ts';
import type { Notice } from '../../bot/notices/notice.ts';
import type { Subscription } from '../../bot/notices/subscription.ts';
import type { Customer, PlannedOutage } from '../../bot/records.ts';
import { momentWords } from '../actions/spoken-figures.ts';
import { maskOf, tailsOf } from './notice-codes.ts';
import type { WritingDeps } from './writing-deps.ts';

type Source = Extract<SubscriberSource, { readonly kind: 'planned_outage' }>;
/** What an outage is now and what was announced of it. */
type Plan = Pick<SiteOutage, 'outage' | 'earlier'>;

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
  const { outage } = source;
  const change = changeFor(source, customer, deps);
  if (change === undefined) {
    return undefined;
  }
  const tail = tailsOf(await codesAlike(source, change, conversationId, deps));
  const values = templateValues(source, tail)[change];
  const version = maskOf(`${outage.version}/${outage.from}/${outage.to ?? ''}/${outage.state}`);
  return {
    // Told once to a conversation, whatever contracts it has in the area.
    event: `outage/${maskOf(outage.id)}/${version}/${change}`,
    topic: 'planned_outage',
    replies: [deps.noticeTemplates.reply({ name: change, values })],
    expiresAt: outage.to ?? outage.from,
  };
}

/** What stands in the blanks of the templates. `tail`: the ends of the codes that it concerns. */
export function templateValues({ outage, earlier = outage }: Plan, tail: string) {
  const { area, reason = 'điện lực chưa nêu' } = outage;
  const [when, before] = [whenWords(outage), whenWords(earlier)];
  return {
    outage_new: { tail, when, area, reason },
    outage_changed: { tail, earlier: before, when, area },
    outage_cancelled: { tail, earlier: before, area: earlier.area },
  };
}

/** What it is to the power of one contract; `undefined`: nothing. */
export function changeFor(
  { outage, earlier }: Plan,
  customer: Customer,
  { provinceNames }: Pick<WritingDeps, 'provinceNames'>,
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

/** From when until when. `to`: `undefined` where nobody has said when power is back. */
export function whenWords({ from, to }: { readonly from: number; readonly to?: number | undefined }): string {
  return `từ ${momentWords(from)}${to === undefined ? ', chưa rõ giờ có điện lại' : ` đến ${momentWords(to)}`}`;
}
