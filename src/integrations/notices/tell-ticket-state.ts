import { parseConversationId } from '../../bot/conversation.ts';
import type { Recipient, TellOutcome } from '../../bot/notices/notice.ts';
import type { TellRecipient } from '../../bot/notices/tell-recipient.ts';
import type { Ticket } from '../../bot/records.ts';
import type { NoticeTemplates } from './load-notice-templates.ts';
import { type PhoneWays, recipientByPhone } from './recipient-by-phone.ts';

export interface TellTicketDeps {
  readonly tell: TellRecipient;
  readonly noticeTemplates: Pick<NoticeTemplates, 'reply'>;
  /** By channel; may be filled later. */
  readonly adapters: PhoneWays;
}

/** What was done to reach the customer, one outcome for each way; none: there is no way to him. */
export type TellTicketState = (ticket: Ticket) => Promise<readonly TellOutcome[]>;

const TEMPLATE = 'ticket_state';
/** A page in a browser: who has closed it is not reached there. */
const WEB = 'web';

/** Tells a customer in which state his ticket is now: in the conversation that it comes from, or by the phone on it. */
export function createTellTicketState({ tell, noticeTemplates, adapters }: TellTicketDeps): TellTicketState {
  function recipientsOf({ conversationId, phone }: Ticket): readonly Recipient[] {
    const called = phone === undefined ? undefined : recipientByPhone(adapters, TEMPLATE, phone);
    if (conversationId === undefined) {
      return called === undefined ? [] : [called];
    }
    const there = { conversationId, ...(phone !== undefined && { phone }) };
    const isSureToReach = parseConversationId(conversationId).channel !== WEB;
    return isSureToReach || called === undefined ? [there] : [there, called];
  }

  return async (ticket) => {
    const { number, state, history } = ticket;
    const notice = {
      event: `ticket/${number}/${history.length}`,
      topic: 'ticket',
      replies: [noticeTemplates.reply({ name: TEMPLATE, values: { ticket: number, state } })],
    } as const;
    return Promise.all(recipientsOf(ticket).map((recipient) => tell(recipient, notice)));
  };
}
