import { type ConversationState, NEW_CONVERSATION } from '../../src/bot/conversation.ts';
import type { InboundEvent, Message } from '../../src/bot/message.ts';
import type { Turn } from '../../src/bot/turn.ts';

let counter = 0;

/** A conversation id of its own for each test. */
export function freshConversation(channel = 'web'): string {
  counter += 1;
  return `${channel}:main:khach-${process.pid}-${counter}`;
}

export function sampleEvent(conversationId: string, change: Partial<InboundEvent> = {}): InboundEvent {
  counter += 1;
  return {
    key: `web/main/${process.pid}-${counter}`,
    conversationId,
    orderKey: 1_000,
    receivedAt: 1_000,
    content: { kind: 'customer_message', text: 'Nhà chị Thuỷ mất điện' },
    ...change,
  };
}

export function botMessage(seq: number, text: string, change: Partial<Message> = {}): Message {
  return { seq, direction: 'out', author: 'bot', at: 1_000, epoch: 0, reply: { kind: 'text', text }, ...change };
}

export function customerMessage(seq: number, text: string): Message {
  return { seq, direction: 'in', author: 'customer', authorId: 'k', at: 1_000, epoch: 0, content: { text } };
}

/** A turn that answers one message; `state.messageSeq` follows from its messages. */
export function sampleTurn(
  conversationId: string,
  version: number,
  change: Partial<Omit<Turn, 'state'>> & { readonly state?: Partial<ConversationState> } = {},
): Turn {
  counter += 1;
  const messages = change.messages ?? [
    customerMessage(version * 2 - 1, `hỏi ${version}`),
    botMessage(version * 2, `đáp ${version}`),
  ];
  return {
    conversationId,
    version,
    id: `turn-${counter}`,
    kind: 'customer',
    at: 1_000 + version,
    handles: [`web/main/${conversationId}/${version}`],
    effects: [],
    timers: [],
    contentVersion: 'c1',
    ...change,
    messages,
    state: { ...NEW_CONVERSATION, messageSeq: messages.at(-1)?.seq ?? 0, ...change.state },
  };
}
