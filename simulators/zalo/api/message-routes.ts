import { z } from 'zod';
import type { Stage } from '../stage.ts';
import { type IncomingCall, readJsonBody } from './incoming-call.ts';
import { messageIn } from './message-body.ts';
import { parseFields } from './parse-fields.ts';
import { oaRefusal } from './refusal.ts';
import { requireUser } from './require-recipient.ts';
import { deliver, sendConsultation } from './send-consultation.ts';
import { sendTemplateToUser } from './send-template.ts';
import type { Endpoint } from './serve-calls.ts';

const MOST_REACTIONS = 50;

/** The sending endpoints of the OA API. */
export const messageEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/v3.0/oa/message/cs', permission: 'message', run: sendConsultation },
  {
    method: 'POST',
    path: '/v3.0/oa/message/template',
    permission: 'template',
    errorNumbering: ({ world }) => world.settings.templates.byUserTokenCodes,
    run: sendTemplateToUser,
  },
  { method: 'POST', path: '/v2.0/oa/message', permission: 'message', run: sendByShape },
  { method: 'GET', path: '/v2.0/oa/message/status', permission: 'message', run: messageStatus },
  // Discontinued on 2026-03-01; the real code is unknown, -233 is our choice.
  ...['transaction', 'promotion'].map(
    (service): Endpoint => ({
      method: 'POST',
      path: `/v3.0/oa/message/${service}`,
      permission: 'message',
      run: () => {
        throw oaRefusal(-233, `service ${service} has been discontinued`);
      },
    }),
  ),
];

const reactionSchema = z.looseObject({
  recipient: z.looseObject({ user_id: z.string().min(1) }),
  // `/-strong` [SDK], `/-heart` and `/-remove` [ONE]; other icons are unconfirmed.
  sender_action: z.looseObject({ react_icon: z.string().regex(/^\/-\w+$/), react_message_id: z.string().min(1) }),
});

/** v2.0: the shape of the body decides between reaction, visitor of a widget, and the service that was shut down. */
async function sendByShape(stage: Stage, call: IncomingCall): Promise<unknown> {
  const json = readJsonBody(call);
  if ('sender_action' in json) {
    return react(stage, parseFields(reactionSchema, json));
  }
  const recipient = json['recipient'];
  if (typeof recipient === 'object' && recipient !== null && 'user_id' in recipient) {
    throw oaRefusal(-240);
  }
  return deliver(stage, call, messageIn(json, stage.world.settings.answers));
}

function react(stage: Stage, { recipient, sender_action: action }: z.output<typeof reactionSchema>): unknown {
  const user = requireUser(stage, { userId: recipient.user_id });
  const message = stage.world.messages.get(action.react_message_id);
  if (message === undefined || message.userId !== user.id) {
    throw oaRefusal(-201, 'sender_action.react_message_id');
  }
  const own = message.reactions.filter(({ by }) => by === 'oa');
  if (action.react_icon === '/-remove') {
    message.reactions.splice(0, message.reactions.length, ...message.reactions.filter(({ by }) => by !== 'oa'));
  } else if (own.length >= MOST_REACTIONS) {
    throw oaRefusal(-210, `at most ${MOST_REACTIONS} reactions for one message`);
  } else {
    message.reactions.push({ by: 'oa', icon: action.react_icon });
  }
  stage.changed(user.id);
  stage.clock.after(0, () =>
    stage.webhook.emit({
      name: 'oa_reacted_message',
      subjectId: user.id,
      messageId: message.id,
      fields: {
        user_id_by_app: user.idByApp,
        sender: { id: stage.world.settings.oa.id },
        recipient: { id: user.id },
        message: { msg_id: message.id, react_icon: action.react_icon },
      },
    }),
  );
  return { message_id: message.id, user_id: user.id };
}

/** [ONE], and the names of the fields are inferred. */
function messageStatus({ world }: Stage, { query }: IncomingCall): unknown {
  const message = world.messages.get(query['message_id'] ?? '');
  if (message === undefined) {
    throw oaRefusal(-201, 'message_id');
  }
  const status = message.seenAt !== undefined ? 'seen' : message.receivedAt !== undefined ? 'received' : 'sent';
  return {
    message_id: message.id,
    status,
    sent_time: String(message.at),
    delivery_time: message.receivedAt === undefined ? undefined : String(message.receivedAt),
  };
}
