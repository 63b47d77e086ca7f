import type { ConversationState } from '../../bot/conversation.ts';

/** The address to which the customer has something sent, for example an invoice: of what is open, or was done last. */
export function emailGiven({ dialogs: { stack, ended } }: Pick<ConversationState, 'dialogs'>): string | undefined {
  return (
    [...stack].reverse().find(({ slots }) => slots['email'] !== undefined)?.slots['email'] ?? ended?.slots['email']
  );
}
