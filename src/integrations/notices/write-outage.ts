import { touchesCustomer } from '../../bot/incidents/match-outage.ts';
import type { CampaignSource } from '../../bot/notices/campaign.ts';
import type { Notice } from '../../bot/notices/notice.ts';
import type { Customer, PlannedOutage } from '../../bot/records.ts';
import { momentWords } from '../actions/spoken-figures.ts';
import { maskOf, tailOf } from './notice-codes.ts';
import type { WritingDeps } from './writing-deps.ts';

type Source = Extract<CampaignSource, { readonly kind: 'planned_outage' }>;

/**
 * A planned outage as it concerns one customer: one that has moved away from him is cancelled for him, one that has
 * moved to him is new. What was announced before is named. `undefined`: neither concerns him.
 */
export function writeOutage(
  { outage, earlier }: Source,
  customer: Customer,
  { noticeTemplates, provinceNames }: WritingDeps,
): Notice | undefined {
  const concerns = (one: PlannedOutage | undefined) =>
    one !== undefined && one.state !== 'cancelled' && touchesCustomer(one, customer, provinceNames);
  const [isNow, wasBefore] = [concerns(outage), concerns(earlier)];
  if (!isNow && !wasBefore) {
    return undefined;
  }
  const tail = tailOf(customer.code);
  const { area, reason = 'điện lực chưa nêu' } = outage;
  const when = whenWords(outage);
  const use = !isNow
    ? { name: 'outage_cancelled', values: { tail, earlier: whenWords(earlier ?? outage), area: earlier?.area ?? area } }
    : wasBefore
      ? { name: 'outage_changed', values: { tail, earlier: whenWords(earlier ?? outage), when, area } }
      : { name: 'outage_new', values: { tail, when, area, reason } };
  return {
    // The same outage in the same version is told once to a conversation, whatever contracts it has in the area.
    event: `outage/${maskOf(outage.id)}/${maskOf(`${outage.version}/${outage.from}/${outage.to ?? ''}/${outage.state}`)}`,
    topic: 'planned_outage',
    replies: [noticeTemplates.reply(use)],
    expiresAt: outage.to ?? outage.from,
  };
}

function whenWords({ from, to }: PlannedOutage): string {
  return to === undefined ? `từ ${momentWords(from)}` : `từ ${momentWords(from)} đến ${momentWords(to)}`;
}
