import type { Holder } from '../../../bot/conversation.ts';
import type { Author, ConversationId } from '../../../bot/message.ts';
import type { ExcerptPart } from '../excerpt.ts';
import type { DeskTicket, MaskedCustomer } from './customer.ts';

/** `POST search`: at most twenty of each. */
export interface SearchAnswer {
  readonly now: number;
  /** The newest words first. `message` is absent when the customer's name was found. */
  readonly conversations: readonly {
    readonly conversationId: ConversationId;
    readonly channel: string;
    readonly holder: Holder;
    readonly agentName?: string;
    readonly customerName?: string;
    readonly lastAt: number;
    readonly message?: {
      readonly seq: number;
      readonly at: number;
      readonly author: Author;
      readonly excerpt: readonly ExcerptPart[];
    };
  }[];
  readonly customers: readonly { readonly customerCode: string; readonly customer: MaskedCustomer }[];
  readonly tickets: readonly (DeskTicket & { readonly conversationId?: ConversationId })[];
  /** False when the time box ended the search: there may be more. */
  readonly isComplete: boolean;
}
