import { addMessage } from '../chats.ts';
import type { Stage } from '../stage.ts';
import type { ChatMessage, MessageKind, SimulatedUser, WireAttachment } from '../world.ts';
import { ControlError } from './control-error.ts';
import { userOf } from './users.ts';

const EVENT_OF: Readonly<Partial<Record<MessageKind, string>>> = {
  text: 'text',
  image: 'image',
  gif: 'gif',
  sticker: 'sticker',
  audio: 'audio',
  video: 'video',
  file: 'file',
  link: 'link',
  location: 'location',
  business_card: 'business_card',
};

export interface UserMessage {
  readonly kind: MessageKind;
  readonly text?: string | undefined;
  readonly attachment?: WireAttachment | undefined;
  readonly quoteId?: string | undefined;
  readonly isHidden?: boolean | undefined;
}

/** A message leaves the phone: it opens the window, joins the chat and goes to the webhook. */
export function sendFromPhone(stage: Stage, userId: string, message: UserMessage): ChatMessage {
  const user = userOf(stage, userId);
  user.lastInteractionAt = stage.clock.now();
  const added = addMessage(stage, {
    userId,
    author: 'user',
    kind: message.kind,
    text: message.text,
    quoteId: message.quoteId,
    isHidden: message.isHidden ?? false,
    attachments: message.attachment === undefined ? [] : [message.attachment],
  });
  stage.clock.after(0, () => emitUserMessage(stage, user, added));
  return added;
}

function emitUserMessage(stage: Stage, user: SimulatedUser, message: ChatMessage): Promise<void> {
  const prefix = user.isAnonymous ? 'anonymous_send_' : 'user_send_';
  return stage.webhook.emit({
    name: `${prefix}${EVENT_OF[message.kind] ?? 'text'}`,
    subjectId: user.id,
    messageId: message.id,
    at: message.at,
    fields: {
      user_id_by_app: user.isAnonymous ? undefined : user.idByApp,
      sender: { id: user.id },
      recipient: { id: stage.world.settings.oa.id },
      message: {
        msg_id: message.id,
        text: message.text,
        attachments: message.attachments.length > 0 ? message.attachments : undefined,
        quote_msg_id: message.quoteId,
        conversation_id: user.conversationId ?? undefined,
      },
    },
  });
}

/** What a tap does: buttons of the kind `oa.query` speak for the user, the others open something on the phone. */
export type Tapped = { readonly message: ChatMessage } | { readonly opens: { type: string; payload: unknown } };

/** The user taps a button. There is no event of its own: the payload comes as ordinary text. [MULTI] */
export function tap(stage: Stage, userId: string, messageId: string, buttonIndex: number): Tapped {
  const message = stage.world.messages.get(messageId);
  const button = message?.userId === userId ? message.buttons[buttonIndex] : undefined;
  if (button === undefined) {
    throw new ControlError(`Message ${messageId} has no button ${buttonIndex} for user ${userId}.`);
  }
  const { type, payload } = button;
  if (type !== 'oa.query.show' && type !== 'oa.query.hide') {
    return { opens: { type, payload } };
  }
  const isHidden = type === 'oa.query.hide';
  return { message: sendFromPhone(stage, userId, { kind: 'text', text: String(payload), isHidden }) };
}
