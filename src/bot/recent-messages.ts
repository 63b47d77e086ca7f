import type { Message } from './message.ts';
import type { ConversationStore } from './ports.ts';
import type { Turn } from './turn.ts';

const TURNS_AT_ONCE = 50;

/** Messages of a conversation above a number, in order, read from the end of its chain. */
export async function messagesAfter(
  store: Pick<ConversationStore, 'turns'>,
  head: Turn,
  seq: number,
): Promise<readonly Message[]> {
  const found: Message[] = [];
  let before = head.version;
  while (before > 0) {
    const from = Math.max(0, before - TURNS_AT_ONCE);
    const turns = await store.turns(head.conversationId, from, before - from);
    const messages = turns.flatMap((turn) => turn.messages);
    found.unshift(...messages);
    if (messages.some((message) => message.seq <= seq)) {
      break;
    }
    before = from;
  }
  return found.filter((message) => message.seq > seq && message.seq <= head.state.messageSeq);
}
