import { toPlainText } from '../dialogs/reply.ts';
import type { ConversationState } from './conversation.ts';
import type { Message } from './message.ts';
import type { ConversationSummary, SummaryExtras } from './ports.ts';
import type { Turn } from './turn.ts';

const SUMMARY_LENGTH = 160;

/** So many turns with messages before the head are looked through for the one whose text stands in its line. */
export const SPOKEN_BACK = 20;

/**
 * One line about a conversation as a turn leaves it. `lastText` is absent when the turn has no message, and when it only
 * tells a waiting customer to wait on: his own words stay, by which agents know what it is about.
 */
export function summarize(turn: Turn): Omit<ConversationSummary, 'lastText'> & { readonly lastText?: string } {
  const { state } = turn;
  const asked = turn.messages.findLast((message) => message.author === 'customer');
  const last = asked ?? (state.holder === 'queue' ? undefined : turn.messages.at(-1));
  return {
    conversationId: turn.conversationId,
    version: turn.version,
    holder: state.holder,
    priority: state.priority,
    lastAt: turn.at,
    ...(state.agentId !== undefined && { agentId: state.agentId }),
    ...(state.agentName !== undefined && { agentName: state.agentName }),
    ...(state.waitingSince !== undefined && { waitingSince: state.waitingSince }),
    ...(state.handoffReason !== undefined && { handoffReason: state.handoffReason }),
    ...(state.customerName !== undefined && { customerName: state.customerName }),
    extras: extrasOf(state),
    ...(last !== undefined && { lastText: plainTextOf(last).slice(0, SUMMARY_LENGTH) }),
  };
}

/**
 * What a summary says of the customer after words were taken out of turns: its name and codes are those of the head,
 * its text that of the last turn that has one. `spoken`: turns with messages, the newest first.
 */
export function summaryAfter(
  head: Turn,
  spoken: readonly Turn[],
): Pick<ConversationSummary, 'customerName' | 'extras' | 'lastText'> {
  const { customerName, extras } = summarize(head);
  const last = spoken.find((turn) => turn.redactedAt !== undefined || summarize(turn).lastText !== undefined);
  const lastText = last === undefined || last.redactedAt !== undefined ? '' : (summarize(last).lastText ?? '');
  return { ...(customerName !== undefined && { customerName }), extras, lastText };
}

function extrasOf({
  alarmSeenBy,
  emergencyAt,
  identities,
  isReturned,
  promisedAt,
  snoozedUntil,
}: ConversationState): SummaryExtras {
  const verified = Object.keys(identities).filter((code) => identities[code]?.level === 'verified');
  return {
    ...(alarmSeenBy !== undefined && { alarmSeenBy }),
    ...(emergencyAt !== undefined && { emergencyAt }),
    ...(isReturned === true && { isReturned }),
    ...(promisedAt !== undefined && { promisedAt }),
    ...(snoozedUntil !== undefined && { snoozedUntil }),
    ...(verified.length > 0 && { verified }),
  };
}

/** What a message says, as text: for lists, logs and channels that show text only. */
export function plainTextOf(message: Message): string {
  if (message.reply !== undefined) {
    return toPlainText(message.reply);
  }
  const { text, choice, attachments } = message.content ?? {};
  return text ?? choice ?? (attachments?.length ? '[tệp đính kèm]' : '');
}
