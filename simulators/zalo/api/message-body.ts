import { z } from 'zod';
import type { Settings } from '../settings.ts';
import { attachmentIn, type OutgoingAttachment } from './attachment-body.ts';
import { parseFields } from './parse-fields.ts';
import { oaRefusal } from './refusal.ts';

/** A message as the product wants it sent, checked for form only. */
export interface MessageBody {
  readonly recipient: Recipient;
  readonly text: string | undefined;
  readonly quoteId: string | undefined;
  readonly attachment: OutgoingAttachment | undefined;
}

export type Recipient = { readonly userId: string } | { readonly anonymousId: string; readonly conversationId: string };

const LONGEST_TEXT = 2000;

const bodySchema = z.looseObject({
  recipient: z.looseObject({
    user_id: z.string().min(1).optional(),
    anonymous_id: z.string().min(1).optional(),
    conversation_id: z.string().min(1).optional(),
  }),
  message: z.looseObject({
    text: z.string().optional(),
    // The Java sample says `react_message_id`; the PHP SDK and clients say this. [SDK]
    quote_message_id: z.string().min(1).optional(),
    attachment: z.looseObject({ type: z.string() }).optional(),
  }),
});

/** Reads the body of a consultation message; refuses it with -201 and the field, or with the limit it exceeds. */
export function messageIn(json: Record<string, unknown>, answers: Settings['answers']): MessageBody {
  const { recipient, message } = parseFields(bodySchema, json);
  const attachment = attachmentIn(message.attachment, answers);
  const text = message.text;
  if (text === '' || (text === undefined && (attachment === undefined || attachment.kind === 'buttons'))) {
    throw oaRefusal(-201, 'message.text');
  }
  const length = answers.textUnit === 'utf16' ? (text ?? '').length : [...(text ?? '')].length;
  if (length > LONGEST_TEXT) {
    throw oaRefusal(answers.textLimitCode, `message.text has ${length} characters, at most ${LONGEST_TEXT}`);
  }
  return { recipient: recipientIn(recipient), text, quoteId: message.quote_message_id, attachment };
}

/** Exactly one way to name the recipient; a visitor without Zalo needs both of his ids. [SDK] */
export function recipientIn(recipient: {
  readonly user_id?: string | undefined;
  readonly anonymous_id?: string | undefined;
  readonly conversation_id?: string | undefined;
}): Recipient {
  const { user_id: userId, anonymous_id: anonymousId, conversation_id: conversationId } = recipient;
  if (userId !== undefined) {
    return { userId };
  }
  if (anonymousId === undefined) {
    throw oaRefusal(-201, 'recipient.user_id');
  }
  if (conversationId === undefined) {
    throw oaRefusal(-201, 'recipient.conversation_id');
  }
  return { anonymousId, conversationId };
}
