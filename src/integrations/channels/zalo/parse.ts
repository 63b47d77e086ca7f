import { conversationId } from '../../../bot/conversation.ts';
import type { ConversationId, CustomerContent } from '../../../bot/message.ts';
import {
  callConsentSchema,
  envelopeSchema,
  type FlatEvent,
  flatEventSchema,
  type MessageEvent,
  messageEventSchema,
} from './event-schema.ts';
import { contentOf, submittedInfoOf } from './parse-content.ts';

export const CHANNEL = 'zalo';

/** An event of the webhook in our words. */
export type ZaloEvent =
  | (About & { readonly kind: 'customer'; readonly content: CustomerContent; readonly messageId?: string })
  /** The OA has written to the customer: we ourselves, a human in Zalo's tool (`adminId`), or another tool. */
  | (About & { readonly kind: 'echo'; readonly messageId: string; readonly text?: string; readonly adminId?: string })
  | (About & {
      readonly kind: 'receipt';
      readonly messageIds: readonly string[];
      readonly state: 'delivered' | 'read';
      /** Of a template to a phone. */
      readonly byPhone?: { readonly phone: string; readonly trackingId: string };
    })
  /** Nothing to answer, but it opens the window in which we may write. */
  | (About & { readonly kind: 'interaction' })
  /** The customer wants his data deleted. */
  | (About & { readonly kind: 'withdrawal' })
  /** Whether the OA may call the customer: asked, run out, allowed or refused. It names a phone and no conversation. */
  | { readonly kind: 'call_consent'; readonly name: string; readonly state: string }
  /** Known, and nothing for us to do. */
  | { readonly kind: 'ignored'; readonly name: string }
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'malformed'; readonly name: string }
  /** Of another OA of the same app. */
  | { readonly kind: 'foreign'; readonly name: string };

interface About {
  readonly name: string;
  /** Unique: a redelivery has the same. */
  readonly key: string;
  readonly conversationId: ConversationId;
  /** Zalo's time, UTC ms. */
  readonly at: number;
}

const FROM_CUSTOMER = /^(user|anonymous)_send_(text|image|gif|link|audio|video|sticker|location|business_card|file)$/;
const ECHO = /^oa_send_(anonymous_)?(text|image|gif|list|file|sticker|link|template)$/;
const RECEIPTS: Readonly<Record<string, 'delivered' | 'read'>> = {
  user_received_message: 'delivered',
  user_seen_message: 'read',
};
const INTERACTIONS = ['follow', 'user_click_chatnow'];
const CALL_CONSENTS = ['oa_send_consent', 'user_reply_consent'];
const IGNORED =
  /^(unfollow|(user|oa)_reacted_message|update_user_info|add_user_to_tag|remove_user_from_tag|remove_tag|user_call_oa|oa_call_user|widget_.+|user_feedback|user_click_response_button|change_template_status|change_template_quality|change_oa_daily_quota|event_journey_.+|(user|oa)_send_group_.+|create_group|user_asking_product|extension_purchased|user_click_button|user_click_link|user_send_message)$/;

/** Reads an event whose signature is good. `oaId`: ours. Never throws: Zalo adds events without notice. */
export function parseEvent(body: unknown, oaId: string): ZaloEvent {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success) {
    return { kind: 'malformed', name: '' };
  }
  const name = envelope.data.event_name;
  if (FROM_CUSTOMER.test(name) || ECHO.test(name) || name in RECEIPTS) {
    const parsed = messageEventSchema.safeParse(body);
    return parsed.success ? toMessageEvent(parsed.data, oaId) : { kind: 'malformed', name };
  }
  if (INTERACTIONS.includes(name) || name === 'user_withdraw' || name === 'user_submit_info') {
    const parsed = flatEventSchema.safeParse(body);
    return parsed.success ? toFlatEvent(parsed.data, oaId) : { kind: 'malformed', name };
  }
  if (CALL_CONSENTS.includes(name)) {
    const state = callConsentSchema.safeParse(body).data;
    return { kind: 'call_consent', name, state: state?.user_consent ?? state?.request_type ?? 'unclear' };
  }
  return IGNORED.test(name) ? { kind: 'ignored', name } : { kind: 'unknown', name };
}

function toMessageEvent(event: MessageEvent, oaId: string): ZaloEvent {
  const { event_name: name, sender, recipient, message } = event;
  // Sources differ on who is the sender of a receipt: the customer is whoever is not the OA.
  const person = sender.id === oaId ? recipient.id : recipient.id === oaId ? sender.id : undefined;
  if (person === undefined || (event.oa_id ?? oaId) !== oaId) {
    return { kind: 'foreign', name };
  }
  const ids = [...(message.msg_ids ?? []), ...(message.msg_id ? [message.msg_id] : [])];
  const [messageId] = ids;
  if (messageId === undefined) {
    return { kind: 'malformed', name };
  }
  const customer = message.conversation_id ? anonymousCustomer(person, message.conversation_id) : person;
  const about = aboutOf(event, oaId, customer, messageId);
  const receipt = RECEIPTS[name];
  if (receipt !== undefined) {
    const { tracking_id: trackingId } = message;
    const byPhone = trackingId ? { byPhone: { phone: person, trackingId } } : {};
    return { kind: 'receipt', ...about, messageIds: ids, state: receipt, ...byPhone };
  }
  if (FROM_CUSTOMER.test(name)) {
    // An event that goes the wrong way is not a customer's.
    return sender.id === oaId
      ? { kind: 'malformed', name }
      : { kind: 'customer', ...about, content: spoken(event), messageId };
  }
  const text = contentOf(event).text;
  return {
    kind: 'echo',
    ...about,
    messageId,
    ...(text !== undefined && { text }),
    ...(sender.admin_id && { adminId: sender.admin_id }),
  };
}

// A sticker or picture whose attachment we cannot read is still something that the customer sent.
function spoken(event: MessageEvent): CustomerContent {
  const content = contentOf(event);
  return content.text === undefined && content.attachments === undefined
    ? { attachments: [{ kind: 'file', name: event.event_name }] }
    : content;
}

function toFlatEvent(event: FlatEvent, oaId: string): ZaloEvent {
  const { event_name: name } = event;
  const people = [event.user_id, event.follower?.id, event.sender?.id, event.recipient?.id];
  const person = people.find((id) => id !== undefined && id !== null && id !== oaId);
  if ((event.oa_id ?? oaId) !== oaId || person === undefined || person === null) {
    return { kind: 'foreign', name };
  }
  const about = aboutOf(event, oaId, person, `${person}/${event.timestamp}`);
  if (name === 'user_withdraw') {
    return { kind: 'withdrawal', ...about };
  }
  if (name !== 'user_submit_info') {
    return { kind: 'interaction', ...about };
  }
  const content = submittedInfoOf(event);
  return content === undefined ? { kind: 'malformed', name } : { kind: 'customer', ...about, content };
}

function aboutOf(event: MessageEvent | FlatEvent, oaId: string, customer: string, subject: string): About {
  return {
    name: event.event_name,
    key: `${CHANNEL}/${oaId}/${event.event_name}/${subject}`,
    conversationId: conversationId({ channel: CHANNEL, account: oaId, customer }),
    at: Number(event.timestamp),
  };
}

const ANONYMOUS = 'anonymous:';

/** A visitor without Zalo is reached by two ids. */
function anonymousCustomer(id: string, talk: string): string {
  return `${ANONYMOUS}${id}:${talk}`;
}

/** Whom to name in a send. */
export function recipientOf(customer: string): Readonly<Record<string, string>> {
  if (!customer.startsWith(ANONYMOUS)) {
    return { user_id: customer };
  }
  const [id = '', talk = ''] = customer.slice(ANONYMOUS.length).split(':');
  return { anonymous_id: id, conversation_id: talk };
}
