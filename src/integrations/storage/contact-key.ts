import { createHash, randomBytes } from 'node:crypto';
import type { ConversationId } from '../../bot/message.ts';

/**
 * Grows when contacts are derived in another way: then they are all derived anew from the chain. `data_marks` says up
 * to which revision that is done.
 */
export const CONTACTS_REVISION = '1';

/** Long enough that no two conversations share one. */
const KEY_LENGTH = 22;

/** What stands for a conversation in the figures: without the salt nobody finds out which it is. */
export function contactKey(salt: string, conversationId: ConversationId): string {
  return createHash('sha256')
    .update(`${salt}\n${CONTACTS_REVISION}\n${conversationId}`)
    .digest('base64url')
    .slice(0, KEY_LENGTH);
}

export function newContactSalt(): string {
  return randomBytes(16).toString('hex');
}

/** How many contacts of a conversation a turn may still change. */
export const MOST_RECENT = 20;
