import { detectStopWord } from '../nlu/detect-stop-word.ts';
import { parseConversationId } from './conversation.ts';
import type { TurnDeps } from './handle-turn.ts';
import type { InboundEvent } from './message.ts';
import { isByNotice, NOTICE_KEY } from './notices/notice.ts';
import type { Turn } from './turn.ts';
import type { TurnDraft } from './turn-draft.ts';

/** The words when nothing is told any more, while an agent goes on with the conversation. */
const TOLD_BY = 'notices-stopped';
/** Answers to these are about the ticket: "hủy" there means the ticket. */
const ABOUT_TICKETS = `${NOTICE_KEY}ticket/`;

/** Whether the last thing that was said is a notice that can be subscribed to, or stopped. */
export function isAfterNotice(head: Pick<Turn, 'messages'> | undefined): boolean {
  const by = head?.messages.at(-1)?.authorId ?? '';
  return isByNotice(by) && !by.startsWith(ABOUT_TICKETS);
}

/** Whether the customer says so to whoever holds the conversation. To an agent's question "hủy" is an answer. */
export function wantsNoMore(text: string | undefined, head: Pick<Turn, 'messages'> | undefined): boolean {
  const word = text === undefined ? undefined : detectStopWord(text);
  return word === 'ambiguous' ? isAfterNotice(head) : word !== undefined;
}

/** Ends every notice and says so. The conversation stays with its agent, who sees both. */
export async function stopNotices(
  { engine, runAction }: TurnDeps,
  draft: TurnDraft,
  { conversationId, key: eventKey }: InboundEvent,
): Promise<void> {
  const { channel } = parseConversationId(conversationId);
  const context = { conversationId, channel, eventKey, now: draft.now, identities: draft.state.identities };
  const about = { utterance: '', dialog: 'notice-stop' };
  const { effects = [] } = await runAction('stop_all_notices', {}, { ...context, ...about });
  for (const effect of effects) {
    draft.effect(effect);
  }
  draft.say(engine.notice(draft.state.dialogs, TOLD_BY), { author: 'system' });
}
