import type { Stage } from './stage.ts';
import { type ChatMessage, countUp } from './world.ts';

type NewMessage = Pick<ChatMessage, 'userId' | 'author'> & Partial<Omit<ChatMessage, 'id' | 'at'>>;

/** Adds a message to the chat of its user; ids are 20 lower-case hex digits. */
export function addMessage(stage: Stage, message: NewMessage): ChatMessage {
  const { world, clock, ids } = stage;
  const nth = countUp(world, `message ${message.userId} ${message.author}`);
  const added: ChatMessage = {
    kind: 'text',
    buttons: [],
    attachments: [],
    elements: [],
    isHidden: false,
    isCharged: false,
    reactions: [],
    ...message,
    id: ids.hex(20, 'message', message.userId, message.author, nth),
    at: clock.now(),
  };
  world.messages.set(added.id, added);
  chatOf(stage, message.userId).push(added);
  stage.changed(message.userId);
  return added;
}

/** The chat with one user, oldest first. */
export function chatOf({ world }: Stage, userId: string): ChatMessage[] {
  const chat = world.chats.get(userId) ?? [];
  world.chats.set(userId, chat);
  return chat;
}
