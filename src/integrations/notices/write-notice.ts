import { parseConversationId } from '../../bot/conversation.ts';
import type { Recipient } from '../../bot/notices/notice.ts';
import type { WriteNotice } from '../../bot/notices/run-campaigns.ts';
import type { Subscription } from '../../bot/notices/subscription.ts';
import type { Customer } from '../../bot/records.ts';
import { writeBill, writeDebt, writeReadingDay } from './write-bill.ts';
import { writeCrisis } from './write-crisis.ts';
import { writeOutage } from './write-outage.ts';
import type { WritingDeps } from './writing-deps.ts';

/** Writes what a campaign tells to one subscriber. */
export function createWriteNotice(deps: WritingDeps): WriteNotice {
  return async (source, subscription) => {
    const customer = await deps.customers.customer(subscription.customerCode);
    if (customer === undefined) {
      return undefined;
    }
    if (source.kind === 'crisis') {
      const notice = writeCrisis(source.message, customer, deps);
      return notice && { recipient: recipientOf(subscription, customer), notice };
    }
    const notice =
      source.kind === 'planned_outage'
        ? await writeOutage(source, customer, subscription, deps)
        : await { bill: writeBill, debt: writeDebt, reading_day: writeReadingDay }[source.kind](
            { isShared: isShared(subscription), customer, conversationId: subscription.conversationId },
            deps,
          );
    return notice && { recipient: recipientOf(subscription, customer), notice };
  };
}

/** The addresses on record are those of the contract's holder: only for whoever has proved to be him. */
function recipientOf({ conversationId, isVerified }: Subscription, { phone, email }: Customer): Recipient {
  return {
    conversationId,
    ...(isVerified && phone !== undefined && { phone }),
    ...(isVerified && email !== undefined && { email }),
  };
}

/** Whoever sits down at a browser next must not read the last one's bill. */
function isShared({ conversationId }: Subscription): boolean {
  return parseConversationId(conversationId).channel === 'web';
}
