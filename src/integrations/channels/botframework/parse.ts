import { createHash } from 'node:crypto';
import { z } from 'zod';
import { conversationId } from '../../../bot/conversation.ts';
import type { Attachment, CustomerContent, InboundEvent } from '../../../bot/message.ts';
import { activitySchema, type IncomingActivity } from './activity-schema.ts';
import type { ConversationReference } from './references.ts';

export const CHANNEL = 'botframework';

/** An activity in our words. */
export type BotFrameworkEvent =
  | {
      readonly kind: 'customer';
      readonly customer: string;
      readonly reference: ConversationReference;
      readonly event: Omit<InboundEvent, 'receivedAt'>;
    }
  /** Somebody speaks to the bot in a group or a team, where it does not answer questions. */
  | { readonly kind: 'group'; readonly reference: ConversationReference }
  /** Known or not, and nothing for us to do. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'malformed' };

/** A file that somebody sends in Teams: it lies in his OneDrive, and for some minutes at an address that anybody may read. */
const TEAMS_FILE = 'application/vnd.microsoft.teams.file.download.info';
const teamsFileSchema = z.looseObject({ downloadUrl: z.url() });

/** What a tapped button of ours brings back. */
const tapSchema = z.looseObject({ choice: z.string() });

/** Reads an activity. `account`: our app's id. `now`: for activities without a time, UTC ms. Never throws. */
export function parseActivity(body: unknown, account: string, now: number): BotFrameworkEvent {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) {
    return { kind: 'malformed' };
  }
  const activity = parsed.data;
  const { conversation, from, recipient, id } = activity;
  if (activity.type !== 'message' || from.id === recipient.id) {
    return { kind: 'ignored' };
  }
  const reference = referenceOf(activity);
  if (conversation.isGroup === true || ['groupChat', 'channel'].includes(conversation.conversationType ?? '')) {
    return { kind: 'group', reference };
  }
  const content = contentOf(activity);
  if (content === undefined || id === undefined) {
    return { kind: id === undefined ? 'malformed' : 'ignored' };
  }
  const customer = customerOf(activity.channelId, conversation.id);
  return {
    kind: 'customer',
    customer,
    reference,
    event: {
      key: `${CHANNEL}/${account}/${customer}/${id}`,
      conversationId: conversationId({ channel: CHANNEL, account, customer }),
      orderKey: activity.timestamp?.getTime() ?? now,
      content: { kind: 'customer_message', ...content },
    },
  };
}

/** Ids of the services hold names and characters of every kind: a hash stands for them. */
export function customerOf(channelId: string, conversation: string): string {
  return createHash('sha256').update(`${channelId}\n${conversation}`).digest('base64url').slice(0, 32);
}

function referenceOf({
  serviceUrl,
  channelId,
  conversation,
  recipient,
  from,
}: IncomingActivity): ConversationReference {
  return { serviceUrl, channelId, conversationId: conversation.id, botId: recipient.id, userId: from.id };
}

function contentOf(activity: IncomingActivity): CustomerContent | undefined {
  const text = plainText(activity);
  const tap = tapSchema.safeParse(activity.value);
  const attachments = (activity.attachments ?? []).flatMap(attachmentOf);
  if (text === '' && !tap.success && attachments.length === 0) {
    return undefined;
  }
  return {
    ...(text !== '' && { text }),
    ...(tap.success && { choice: tap.data.choice }),
    ...(attachments.length > 0 && { attachments }),
  };
}

/** Teams writes a mention of the bot into the text, and some clients hard spaces. */
function plainText({ text = '', entities = [], recipient }: IncomingActivity): string {
  let plain = text;
  for (const { type, text: mention, mentioned } of entities) {
    const { id } = (mentioned ?? {}) as { readonly id?: unknown };
    if (type === 'mention' && mention !== undefined && id === recipient.id) {
      plain = plain.replaceAll(mention, ' ');
    }
  }
  return plain.replaceAll('\u00a0', ' ').trim().normalize('NFC');
}

function attachmentOf({
  contentType,
  contentUrl,
  name,
  content,
}: NonNullable<IncomingActivity['attachments']>[number]): Attachment[] {
  const teamsFile = contentType === TEAMS_FILE ? teamsFileSchema.safeParse(content).data : undefined;
  if (teamsFile !== undefined) {
    return [{ kind: 'file', url: teamsFile.downloadUrl, ...(name !== undefined && { name }) }];
  }
  // Teams repeats the text as HTML, and shows cards of its own as attachments.
  if (contentUrl === undefined || contentType === 'text/html' || contentType.includes('card')) {
    return [];
  }
  const [group = ''] = contentType.split('/');
  const kind = group === 'image' || group === 'audio' || group === 'video' ? group : 'file';
  return [{ kind, url: contentUrl, ...(name !== undefined && { name }) }];
}
