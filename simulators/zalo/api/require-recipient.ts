import type { Stage } from '../stage.ts';
import type { SimulatedUser } from '../world.ts';
import type { Recipient } from './message-body.ts';
import { oaRefusal } from './refusal.ts';

export const HOUR_MS = 3_600_000;
export const FREE_WINDOW_MS = 48 * HOUR_MS;
export const OPEN_WINDOW_MS = 7 * 24 * HOUR_MS;

/** Finds the recipient, or refuses in the order: unknown, unreachable, restricted, never interacted, too long ago. */
export function requireRecipient(stage: Stage, recipient: Recipient): SimulatedUser {
  const user = requireUser(stage, recipient);
  if (user.isUnreachable) {
    throw oaRefusal(-227);
  }
  if (user.hasBlockedOa) {
    throw oaRefusal(stage.world.settings.answers.blockedCode);
  }
  if (user.lastInteractionAt === null) {
    throw oaRefusal(-232);
  }
  if (stage.clock.now() - user.lastInteractionAt > OPEN_WINDOW_MS) {
    throw oaRefusal(-230);
  }
  return user;
}

/** A user that this OA has ever met; -201 is our choice, no source names the code. */
export function requireUser({ world }: Stage, recipient: Recipient): SimulatedUser {
  if ('userId' in recipient) {
    const user = world.users.get(recipient.userId);
    if (user === undefined || user.isAnonymous) {
      throw oaRefusal(-201, 'user_id');
    }
    return user;
  }
  const visitor = world.users.get(recipient.anonymousId);
  if (visitor === undefined || visitor.conversationId !== recipient.conversationId) {
    throw oaRefusal(-201, visitor === undefined ? 'anonymous_id' : 'conversation_id');
  }
  return visitor;
}
