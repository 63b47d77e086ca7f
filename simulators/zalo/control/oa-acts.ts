import { addMessage } from '../chats.ts';
import { emitEcho } from '../receipts.ts';
import type { Stage } from '../stage.ts';
import type { ChatMessage } from '../world.ts';
import { userOf } from './users.ts';

/** A human answers in Zalo's own OA tool, up to 365 days after the last interaction: the echo names him. [DOC] */
export function adminReply(stage: Stage, userId: string, text: string, adminId: string): ChatMessage {
  return writeAsOa(stage, userId, { author: 'staff', text, adminId });
}

/** Zalo's automatic answer or another app writes: the echo has no `admin_id`. [DOC] */
export function autoReply(stage: Stage, userId: string, text: string): ChatMessage {
  return writeAsOa(stage, userId, { author: 'auto', text, adminId: undefined });
}

function writeAsOa(
  stage: Stage,
  userId: string,
  message: Pick<ChatMessage, 'author' | 'text' | 'adminId'>,
): ChatMessage {
  const user = userOf(stage, userId);
  const added = addMessage(stage, { userId, ...message });
  stage.clock.after(0, () => emitEcho(stage, user, added));
  // Receipts go only to the app that sent the message, so these two have none. [DOC]
  added.receivedAt = stage.clock.now();
  return added;
}
