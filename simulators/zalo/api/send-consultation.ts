import { addMessage } from '../chats.ts';
import { announceSent } from '../receipts.ts';
import type { Stage } from '../stage.ts';
import type { ChatMessage, SimulatedUser, WireAttachment } from '../world.ts';
import type { OutgoingAttachment } from './attachment-body.ts';
import { type IncomingCall, readJsonBody } from './incoming-call.ts';
import { type MessageBody, messageIn } from './message-body.ts';
import { oaRefusal } from './refusal.ts';
import { requireRecipient } from './require-recipient.ts';
import { takeQuota } from './take-quota.ts';

const ATTACHMENT_LIFE_MS = 7 * 86_400_000;

/** `POST /v3.0/oa/message/cs`: the chatbot's only conversational send. [SDK][DOC] */
export async function sendConsultation(stage: Stage, call: IncomingCall): Promise<unknown> {
  return deliver(stage, call, messageIn(readJsonBody(call), stage.world.settings.answers));
}

/** Carries out a send that has passed the checks of form. */
export async function deliver(stage: Stage, call: IncomingCall, body: MessageBody): Promise<unknown> {
  const { world } = stage;
  const user = requireRecipient(stage, body.recipient);
  requireQuoted(stage, user, body.quoteId);
  const content = contentOf(stage, body.attachment);
  const quota = takeQuota(stage, user);
  const message = addMessage(stage, {
    userId: user.id,
    author: 'api',
    text: body.text,
    quoteId: body.quoteId,
    isCharged: quota === undefined,
    ...content,
  });
  await announceSent(stage, user, message, call.answered);
  return {
    message_id: message.id,
    [world.settings.answers.recipientField]: user.id,
    sent_time: String(message.at),
    ...(quota !== undefined && { quota }),
  };
}

function requireQuoted({ world }: Stage, user: SimulatedUser, quoteId: string | undefined): void {
  if (quoteId !== undefined && world.messages.get(quoteId)?.userId !== user.id) {
    throw oaRefusal(-201, 'message.quote_message_id');
  }
}

type Content = Partial<Pick<ChatMessage, 'kind' | 'buttons' | 'attachments' | 'elements'>>;

function contentOf(stage: Stage, attachment: OutgoingAttachment | undefined): Content {
  if (attachment === undefined) {
    return {};
  }
  switch (attachment.kind) {
    case 'buttons':
      return { buttons: attachment.buttons };
    case 'list':
      return { kind: 'list', elements: attachment.elements, buttons: attachment.buttons };
    case 'request_user_info':
      return { kind: 'request_user_info', elements: [attachment.element] };
    case 'file':
      return { kind: 'file', attachments: [fileOf(stage, attachment.token)] };
    case 'sticker':
      return { kind: 'sticker', attachments: [stickerOf(stage, attachment.attachmentId ?? '')] };
    default:
      return { kind: attachment.kind, attachments: [pictureOf(stage, attachment)] };
  }
}

function stickerOf({ mediaBase }: Stage, id: string): WireAttachment {
  return { type: 'sticker', payload: { id, url: `${mediaBase}/media/sticker-${encodeURIComponent(id)}` } };
}

function pictureOf(
  stage: Stage,
  { kind, attachmentId, url }: Extract<OutgoingAttachment, { kind: 'image' | 'gif' | 'sticker' }>,
): WireAttachment {
  const address = url ?? `${stage.mediaBase}/media/${requireUpload(stage, attachmentId ?? '', kind).mediaId}`;
  return { type: kind, payload: { thumbnail: address, url: address } };
}

function fileOf(stage: Stage, token: string): WireAttachment {
  const upload = requireUpload(stage, token, 'file');
  const url = `${stage.mediaBase}/media/${upload.mediaId}`;
  return { type: 'file', payload: { name: upload.name, size: String(upload.size), url } };
}

/** Ids live for 7 days; foreign ids and ids of another kind do not exist for us. [DOC] */
function requireUpload({ world, clock }: Stage, id: string, kind: string) {
  const upload = world.uploads.get(id);
  if (upload === undefined || upload.kind !== kind || clock.now() - upload.at > ATTACHMENT_LIFE_MS) {
    throw oaRefusal(-100);
  }
  return upload;
}
