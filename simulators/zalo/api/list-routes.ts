import { z } from 'zod';
import { chatOf } from '../chats.ts';
import type { Stage } from '../stage.ts';
import type { ChatMessage } from '../world.ts';
import { type IncomingCall, readDataQuery } from './incoming-call.ts';
import { parseFields } from './parse-fields.ts';
import { oaRefusal } from './refusal.ts';
import { requireUser } from './require-recipient.ts';
import type { Endpoint } from './serve-calls.ts';

const MOST_ROWS = 10;

/** The two lists of the latest messages, newest first. `data` is a bare array. */
export const listEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/v2.0/oa/listrecentchat', permission: 'message', run: listRecentChat },
  { method: 'GET', path: '/v2.0/oa/conversation', permission: 'message', run: conversation },
];

const pageSchema = z.looseObject({ offset: z.number().int().min(0), count: z.number().int().min(1) });
const conversationSchema = pageSchema.extend({ user_id: z.union([z.string().min(1), z.number()]) });

function listRecentChat(stage: Stage, call: IncomingCall): unknown {
  const page = parseFields(pageSchema, readDataQuery(call));
  const chats = [...stage.world.users.values()]
    .filter(({ isAnonymous }) => !isAnonymous)
    .map(({ id }) => shown(stage, chatOf(stage, id)));
  const rows = stage.world.settings.lists.recentChat === 'message' ? chats.flat() : chats.flatMap((c) => c.slice(-1));
  return pageOf(stage, rows, page);
}

function conversation(stage: Stage, call: IncomingCall): unknown {
  const page = parseFields(conversationSchema, readDataQuery(call));
  // SDK samples write the id as a JSON number; JavaScript would round it, so only a string finds anybody.
  const user = requireUser(stage, { userId: String(page.user_id) });
  return pageOf(stage, shown(stage, chatOf(stage, user.id)), page);
}

function shown({ world }: Stage, chat: readonly ChatMessage[]): ChatMessage[] {
  return chat.filter(({ isHidden }) => world.settings.lists.showsHiddenTaps || !isHidden);
}

function pageOf(stage: Stage, messages: ChatMessage[], { offset, count }: { offset: number; count: number }) {
  if (count > MOST_ROWS) {
    throw oaRefusal(-210, `count is ${count}, at most ${MOST_ROWS}`);
  }
  // A stable sort of the reversed list keeps the newer of two messages of one millisecond first.
  return messages
    .toReversed()
    .sort((a, b) => b.at - a.at)
    .slice(offset, offset + count)
    .map((message) => rowOf(stage, message));
}

function rowOf({ world, mediaBase }: Stage, message: ChatMessage): Record<string, unknown> {
  const { oa } = world.settings;
  const user = world.users.get(message.userId);
  const person = { id: message.userId, name: user?.name ?? '', avatar: `${mediaBase}/media/avatar-${message.userId}` };
  const account = { id: oa.id, name: oa.name, avatar: `${mediaBase}/media/avatar-oa` };
  const isFromUser = message.author === 'user';
  const [from, to] = isFromUser ? [person, account] : [account, person];
  return {
    src: isFromUser ? 1 : 0,
    time: message.at,
    sent_time: vietnameseTime(message.at),
    from_id: from.id,
    from_display_name: from.name,
    from_avatar: from.avatar,
    to_id: to.id,
    to_display_name: to.name,
    to_avatar: to.avatar,
    message_id: message.id,
    type: message.kind === 'template' ? 'text' : message.kind,
    message: message.text ?? '',
    ...attachmentFields(message),
  };
}

function attachmentFields({ kind, attachments }: ChatMessage): Record<string, unknown> {
  const payload = attachments[0]?.payload;
  if (payload === undefined) {
    return {};
  }
  if (kind === 'location') {
    return { location: JSON.stringify(payload['coordinates']) };
  }
  if (kind === 'link' || kind === 'business_card') {
    return { links: [payload] };
  }
  return { url: payload['url'], thumb: payload['thumbnail'] };
}

function vietnameseTime(at: number): string {
  return new Date(at + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
