import type { Stage } from './stage.ts';
import type { ChatMessage, MessageKind, SimulatedUser } from './world.ts';

const ECHO_OF: Readonly<Partial<Record<MessageKind, string>>> = {
  text: 'oa_send_text',
  template: 'oa_send_text',
  image: 'oa_send_image',
  gif: 'oa_send_gif',
  file: 'oa_send_file',
  sticker: 'oa_send_sticker',
  list: 'oa_send_list',
  request_user_info: 'oa_send_list',
};

/**
 * Tells the app about a message that its OA sent: the echo, then that the phone got it, then that it was seen.
 * When the echo is to come before the answer, this resolves only after the product has answered the echo.
 */
export async function announceSent(
  stage: Stage,
  user: SimulatedUser,
  message: ChatMessage,
  answered: Promise<void>,
): Promise<void> {
  const { echo } = stage.world.settings;
  const isEarly =
    echo.order === 'before' || (echo.order === 'random' && stage.draws.fraction('echo', message.id) < 0.5);
  scheduleReceipts(stage, user, message, answered);
  if (!echo.isOn) {
    return;
  }
  if (isEarly) {
    await emitEcho(stage, user, message);
    return;
  }
  const delayMs = stage.draws.between(echo.delayMs, 'echoDelay', message.id);
  stage.clock.track(answered.then(() => stage.clock.after(delayMs, () => emitEcho(stage, user, message))));
}

/** `oa_send_*`: every message of the OA comes back, with `admin_id` only when a human typed it in Zalo's tool. [DOC] */
export function emitEcho(stage: Stage, user: SimulatedUser, message: ChatMessage): Promise<void> {
  const { settings } = stage.world;
  const ofKind = message.buttons.length > 0 ? settings.webhook.buttonsEchoedAs : ECHO_OF[message.kind];
  const name = ofKind ?? 'oa_send_text';
  return stage.webhook.emit({
    name: user.isAnonymous ? name.replace('oa_send_', 'oa_send_anonymous_') : name,
    subjectId: user.id,
    messageId: message.id,
    at: message.at,
    fields: {
      user_id_by_app: user.isAnonymous ? undefined : user.idByApp,
      sender: { id: settings.oa.id, admin_id: message.adminId },
      recipient: { id: user.id },
      message: {
        msg_id: message.id,
        text: message.text,
        attachments: message.attachments.length > 0 ? message.attachments : undefined,
        quote_msg_id: message.quoteId,
        conversation_id: user.conversationId ?? undefined,
        payload: message.kind === 'template' ? templatePayload(stage, message) : undefined,
      },
    },
  });
}

function templatePayload({ ids }: Stage, message: ChatMessage): Record<string, string> {
  const zinstantId = ids.digits(12, 'zinstant', message.id);
  return {
    zinstant_id: zinstantId,
    text: message.text ?? '',
    link_url: `https://zalo.example/zinstant/${zinstantId}`,
    checksum: ids.hex(32, 'checksum', message.id),
  };
}

/** Received and seen, each with its chance and delay. A person at the phone page sees for himself. */
export function scheduleReceipts(
  stage: Stage,
  user: SimulatedUser,
  message: ChatMessage,
  answered: Promise<void>,
): void {
  const { received, seen } = stage.world.settings.receipts;
  const { draws, clock } = stage;
  if (user.isAnonymous || !draws.happens(received.probability, 'received', message.id)) {
    return;
  }
  const receivedAfter = draws.between(received.delayMs, 'receivedDelay', message.id);
  const seenAfter = draws.between(seen.delayMs, 'seenDelay', message.id);
  const isSeen = !user.readsOnScreen && draws.happens(seen.probability, 'seen', message.id);
  const receive = async () => {
    await markReceived(stage, user, message);
    if (isSeen) {
      clock.after(Math.max(seenAfter - receivedAfter, 0), () => markSeen(stage, user, [message]));
    }
  };
  clock.track(answered.then(() => clock.after(receivedAfter, receive)));
}

/** The message has reached the phone. */
export async function markReceived(stage: Stage, user: SimulatedUser, message: ChatMessage): Promise<void> {
  if (message.receivedAt !== undefined) {
    return;
  }
  message.receivedAt = stage.clock.now();
  stage.changed(user.id);
  await stage.webhook.emit({
    name: 'user_received_message',
    subjectId: user.id,
    messageId: message.id,
    fields: {
      user_id_by_app: user.idByApp,
      ...partiesOfReceipt(stage, user),
      message: {
        msg_id: message.id,
        delivery_time: message.kind === 'template' ? String(message.receivedAt) : undefined,
      },
    },
  });
}

/** The user has read these messages. */
export async function markSeen(stage: Stage, user: SimulatedUser, messages: readonly ChatMessage[]): Promise<void> {
  const fresh = messages.filter((message) => message.seenAt === undefined);
  if (fresh.length === 0) {
    return;
  }
  for (const message of fresh) {
    message.seenAt = stage.clock.now();
  }
  stage.changed(user.id);
  const ids = fresh.map(({ id }) => id);
  await stage.webhook.emit({
    name: 'user_seen_message',
    subjectId: user.id,
    messageId: ids[0],
    fields: { user_id_by_app: user.idByApp, ...partiesOfReceipt(stage, user), message: { msg_ids: ids } },
  });
}

/** Sources disagree on who is the sender of a receipt. [CONFLICT] */
function partiesOfReceipt({ world }: Stage, user: SimulatedUser) {
  const oa = { id: world.settings.oa.id };
  const person = { id: user.id };
  return world.settings.webhook.receiptSender === 'oa'
    ? { sender: oa, recipient: person }
    : { sender: person, recipient: oa };
}
