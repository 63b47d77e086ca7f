import { createHash } from 'node:crypto';
import { z } from 'zod';
import { conversationId } from '../../../bot/conversation.ts';
import type { Attachment, CustomerContent, InboundEvent } from '../../../bot/message.ts';
import { DirectLineError } from './direct-line-error.ts';

export const CHANNEL = 'web';

/** Longest text of one message, in UTF-16 units. */
export const LONGEST_TEXT = 4000;

const channelDataSchema = z.object({
  clientActivityID: z.string().min(1).max(512).optional(),
  choice: z.string().min(1).max(256).optional(),
  postBack: z.boolean().optional(),
  messageBack: z.unknown().optional(),
});

/** How Bot Framework clients say where somebody is. */
const placeSchema = z.object({
  type: z.literal('Place'),
  geo: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
});

const activitySchema = z.object({
  type: z.string().max(64),
  id: z.string().min(1).max(512).nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  attachments: z.array(z.unknown()).nullish(),
  entities: z.array(z.unknown()).nullish(),
  channelData: channelDataSchema.nullish().catch(undefined),
});

/** An activity from a client, reduced to what the server believes. `from` is not among it. */
export type ClientActivity = z.infer<typeof activitySchema>;

/** Reads the body of `POST …/activities`. */
export function parseActivity(body: unknown): ClientActivity {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) {
    throw new DirectLineError(400, 'BadArgument', `Not an activity: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/** The id under which a client sent an activity; the same id again is the same message. */
export function clientIdOf(activity: ClientActivity): string | undefined {
  const given = activity.channelData?.clientActivityID ?? activity.id ?? undefined;
  if (given === undefined || /^[A-Za-z0-9._-]{1,64}$/.test(given)) {
    return given;
  }
  return createHash('sha256').update(given).digest('base64url');
}

/** The words as the customer wrote them, in NFC. */
export function textOf(activity: ClientActivity): string {
  return (activity.text ?? '').normalize('NFC');
}

/**
 * What the customer said. `isUrgent`: the words speak of danger, so nothing may be refused; a text that is too long
 * is cut instead. `files`: what has come with it.
 */
export function contentOf(
  activity: ClientActivity,
  isUrgent: boolean,
  files: readonly Attachment[] = [],
): CustomerContent {
  const written = textOf(activity);
  const choice = choiceOf(activity);
  const attachments = [...files, ...placesOf(activity)];
  if (!isUrgent && files.length === 0 && (activity.attachments ?? []).length > 0) {
    // An address of somebody else's is not fetched: files come to us by themselves.
    throw new DirectLineError(400, 'NotSupported', 'Tệp đính kèm không đọc được. Quý khách vui lòng gửi lại tệp ạ.');
  }
  if (!isUrgent && written.length > LONGEST_TEXT) {
    throw new DirectLineError(
      400,
      'MessageTooLong',
      'Tin nhắn dài quá 4.000 ký tự. Quý khách vui lòng chia thành nhiều tin ngắn hơn ạ.',
    );
  }
  const text = written.slice(0, LONGEST_TEXT);
  if (choice === undefined && text.trim() === '' && attachments.length === 0) {
    throw new DirectLineError(400, 'BadArgument', 'Tin nhắn chưa có nội dung. Quý khách vui lòng nhập lại ạ.');
  }
  return {
    ...(text.trim() === '' ? {} : { text }),
    ...(choice === undefined ? {} : { choice }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}

function placesOf({ entities }: ClientActivity): readonly Attachment[] {
  const places = (entities ?? []).flatMap((entity) => placeSchema.safeParse(entity).data ?? []);
  return places.slice(0, 1).map(({ geo }) => ({ kind: 'location', ...geo }));
}

function choiceOf({ channelData, text, value }: ClientActivity): string | undefined {
  if (channelData?.choice !== undefined) {
    return channelData.choice;
  }
  if (channelData?.postBack === true || channelData?.messageBack !== undefined) {
    // Web Chat puts the value of a `postBack` button into the text.
    const chosen = typeof value === 'string' ? value : channelData.postBack === true ? text : undefined;
    return typeof chosen === 'string' && chosen !== '' && chosen.length <= 256 ? chosen : undefined;
  }
  return undefined;
}

export function eventKey(account: string, visitor: string, clientId: string): string {
  return `${CHANNEL}/${account}/${visitor}/${clientId}`;
}

/** The id that a client sees for its own message: returned by `POST`, and again in the echo. */
export function inboundActivityId(key: string): string {
  return `c-${key.slice(key.lastIndexOf('/') + 1)}`;
}

export function toInboundEvent(deps: {
  account: string;
  visitor: string;
  clientId: string;
  content: CustomerContent;
  receivedAt: number;
  orderKey: number;
}): InboundEvent {
  return {
    key: eventKey(deps.account, deps.visitor, deps.clientId),
    conversationId: conversationId({ channel: CHANNEL, account: deps.account, customer: deps.visitor }),
    orderKey: deps.orderKey,
    receivedAt: deps.receivedAt,
    content: { kind: 'customer_message', ...deps.content },
  };
}
