import { markSeen } from '../receipts.ts';
import type { Stage } from '../stage.ts';
import type { SimulatedUser } from '../world.ts';
import { ControlError } from './control-error.ts';
import { userOf } from './users.ts';

export interface SubmittedInfo {
  readonly name: string;
  readonly phone: string;
  readonly address?: string | undefined;
  readonly ward?: string | undefined;
  readonly city?: string | undefined;
}

/** The user follows the OA: an interaction. */
export function follow(stage: Stage, userId: string, source = 'oa_profile'): void {
  const user = userOf(stage, userId);
  user.isFollower = true;
  user.lastInteractionAt = stage.clock.now();
  manage(stage, user, 'follow', { follower: { id: user.id }, source });
}

/** The user stops following; conversations go on. */
export function unfollow(stage: Stage, userId: string): void {
  const user = userOf(stage, userId);
  user.isFollower = false;
  manage(stage, user, 'unfollow', { follower: { id: user.id }, source: 'oa_profile' });
}

/** The user opens the chat through "Message" for the first time; happens once, and opens the window. */
export function clickChatNow(stage: Stage, userId: string): void {
  const user = userOf(stage, userId);
  const flag = `chatnow ${userId}`;
  if (!stage.world.counters.has(flag)) {
    stage.world.counters.set(flag, 1);
    user.lastInteractionAt = stage.clock.now();
    manage(stage, user, 'user_click_chatnow', { user_id: user.id });
  }
}

/** The user exercises the rights of a data subject: everything about him is to be deleted. */
export function withdraw(stage: Stage, userId: string): void {
  const user = userOf(stage, userId);
  manage(stage, user, 'user_withdraw', { user_id: user.id });
}

/** The user blocks the OA, or lets it write again. There is no event for it. */
export function setBlocked(stage: Stage, userId: string, hasBlockedOa: boolean): void {
  userOf(stage, userId).hasBlockedOa = hasBlockedOa;
  stage.changed(userId);
}

/** The user accepts a card that asks for his details. Two shapes of `info` are about. [CONFLICT] */
export function submitInfo(stage: Stage, userId: string, info: SubmittedInfo): void {
  const user = userOf(stage, userId);
  user.sharedInfo = { ...user.sharedInfo, ...withoutGaps({ ...info }) };
  user.lastInteractionAt = stage.clock.now();
  const { name, phone, address = '', ward = '', city = '' } = info;
  const wire =
    stage.world.settings.webhook.submitInfoShape === 'current'
      ? { name, phone, full_address: { user_city: city, user_ward: ward, user_address: address } }
      : { name, phone, address, city, district: '', ward };
  emit(stage, user, 'user_submit_info', {
    sender: { id: user.id },
    recipient: { id: stage.world.settings.oa.id },
    info: wire,
  });
}

/** The user puts an emoji on a message. */
export function react(stage: Stage, userId: string, messageId: string, icon: string): void {
  const user = userOf(stage, userId);
  const message = stage.world.messages.get(messageId);
  if (message?.userId !== userId) {
    throw new ControlError(`Message ${messageId} is not in the chat of user ${userId}.`);
  }
  message.reactions.push({ by: 'user', icon });
  emit(stage, user, 'user_reacted_message', {
    sender: { id: user.id },
    recipient: { id: stage.world.settings.oa.id },
    message: { msg_id: messageId, react_icon: icon },
  });
}

/** The user has the chat on the screen: everything of the OA in it is seen. */
export function readAll(stage: Stage, userId: string): void {
  const user = userOf(stage, userId);
  const chat = stage.world.chats.get(userId) ?? [];
  const unseen = chat.filter((m) => m.author !== 'user' && m.receivedAt !== undefined && m.seenAt === undefined);
  for (const message of unseen.filter(({ author }) => author !== 'api')) {
    message.seenAt = stage.clock.now();
    stage.changed(userId);
  }
  // Only the app that sent a message learns that it was read. [DOC]
  const ofApp = unseen.filter(({ author }) => author === 'api');
  stage.clock.after(0, () => markSeen(stage, user, ofApp));
}

function manage(stage: Stage, user: SimulatedUser, name: string, fields: Record<string, unknown>): void {
  emit(stage, user, name, { oa_id: stage.world.settings.oa.id, ...fields });
}

function emit(stage: Stage, user: SimulatedUser, name: string, fields: Record<string, unknown>): void {
  stage.changed(user.id);
  const messageId = (fields['message'] as { msg_id?: string } | undefined)?.msg_id;
  stage.clock.after(0, () =>
    stage.webhook.emit({ name, subjectId: user.id, messageId, fields: { user_id_by_app: user.idByApp, ...fields } }),
  );
}

function withoutGaps(info: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(info).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}
