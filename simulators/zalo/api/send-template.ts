import { z } from 'zod';
import { addMessage } from '../chats.ts';
import { announceSent } from '../receipts.ts';
import { hashPhone } from '../signature.ts';
import type { Stage } from '../stage.ts';
import { countUp, type SimulatedUser, type Template, type TemplateSend } from '../world.ts';
import { type IncomingCall, readJsonBody } from './incoming-call.ts';
import { parseFields } from './parse-fields.ts';
import { oaRefusal, templateRefusal } from './refusal.ts';
import { requireUser } from './require-recipient.ts';

const VIETNAM_MS = 7 * 3_600_000;
const templateId = z.union([z.string().min(1), z.number()]).transform(String);
const templateData = z.record(z.string(), z.union([z.string(), z.number()]));
const common = {
  template_id: templateId,
  template_data: templateData,
  tracking_id: z.string().min(1).max(48),
  mode: z.literal('development').optional(),
};
const byPhone = z.looseObject({ ...common, phone: z.string() });
const byHash = z.looseObject({ ...common, hash_phone: z.string().regex(/^[0-9a-f]{64}$/) });
const byUser = z.looseObject({
  user_id: z.string().min(1),
  template_id: templateId,
  template_data: templateData,
  mode: z.literal('development').optional(),
});

const wrongField = (field: string) => templateRefusal(-132, field);

/** By phone: checked in the order phone, template, parameters, account, hour, quota. */
export function sendTemplateToPhone(stage: Stage, call: IncomingCall): unknown {
  const body = parseFields(byPhone, readJsonBody(call), '', wrongField);
  // The API page knows 84… and +84…; 0… is on a help page only. [CONFLICT]
  if (!/^\+?84\d{9,10}$/.test(body.phone)) {
    throw templateRefusal(-108);
  }
  const phone = body.phone.replace('+', '');
  return sendByPhone(stage, body, phone, ({ phone: own }) => own === phone);
}

/** By the hash of a phone: the receipt names the hash. [DOC] */
export function sendTemplateToHash(stage: Stage, call: IncomingCall): unknown {
  const body = parseFields(byHash, readJsonBody(call), '', wrongField);
  const hash = body.hash_phone;
  return sendByPhone(stage, body, hash, ({ phone }) => phone !== null && hashPhone(phone) === hash);
}

/** By user id: no tracking id and no receipt with one, so the sender has to keep `message_id`. [DOC] */
export async function sendTemplateToUser(stage: Stage, call: IncomingCall): Promise<unknown> {
  const body = parseFields(byUser, readJsonBody(call));
  const template = requireTemplate(stage, body.template_id);
  const text = filledIn(template, body.template_data);
  if (!template.canGoByUserId) {
    throw oaRefusal(-249);
  }
  const user = requireUser(stage, { userId: body.user_id });
  if (user.isUnreachable) {
    throw oaRefusal(-227);
  }
  if (user.hasBlockedOa) {
    throw oaRefusal(stage.world.settings.answers.blockedCode);
  }
  const quota = takeDailyQuota(stage);
  const message = addMessage(stage, { userId: user.id, author: 'api', kind: 'template', text, isCharged: true });
  remember(stage, { id: message.id, templateId: template.id, trackingId: undefined, recipient: user.id });
  await announceSent(stage, user, message, call.answered);
  return { message_id: message.id, user_id: user.id, sent_time: String(message.at), quota };
}

type PhoneBody = Pick<z.output<typeof byPhone>, 'template_id' | 'template_data' | 'tracking_id' | 'mode'>;

function sendByPhone(
  stage: Stage,
  body: PhoneBody,
  recipient: string,
  isRecipient: (user: SimulatedUser) => boolean,
): unknown {
  const template = requireTemplate(stage, body.template_id);
  const text = filledIn(template, body.template_data);
  const user = [...stage.world.users.values()].find(isRecipient);
  if (user === undefined) {
    throw templateRefusal(-118);
  }
  // [INFER] development messages reach administrators only; the code for others is not documented.
  if (user.isUnreachable || (body.mode === 'development' && !user.isAdmin)) {
    throw templateRefusal(-119);
  }
  if (user.hasBlockedOa) {
    throw templateRefusal(-139);
  }
  const quota = takeDailyQuota(stage);
  const message = addMessage(stage, { userId: user.id, author: 'api', kind: 'template', text, isCharged: true });
  const { id } = message;
  const send = remember(stage, { id, templateId: template.id, trackingId: body.tracking_id, recipient });
  scheduleTemplateReceipt(stage, send, () => {
    message.receivedAt = stage.clock.now();
    stage.changed(user.id);
  });
  return { msg_id: id, sent_time: String(message.at), sending_mode: '1', quota };
}

function requireTemplate(stage: Stage, id: string): Template {
  const template = stage.world.templates.get(id);
  if (template === undefined) {
    throw templateRefusal(-109);
  }
  if (template.status !== 'ENABLE') {
    throw templateRefusal(-131);
  }
  const hour = new Date(stage.clock.now() + VIETNAM_MS).getUTCHours();
  if (stage.world.settings.templates.nightRule && (hour >= 22 || hour < 6)) {
    throw templateRefusal(-133);
  }
  return template;
}

function filledIn(template: Template, data: Readonly<Record<string, string | number>>): string {
  let text = template.text;
  for (const { name, isRequired, maxLength, isNumber } of template.parameters) {
    const value = String(data[name] ?? '');
    if (value === '' && isRequired) {
      throw templateRefusal(-1122, name);
    }
    if ([...value].length > maxLength) {
      throw templateRefusal(-1121, name);
    }
    if (isNumber && !/^\d+$/.test(value)) {
      throw templateRefusal(-1124, name);
    }
    text = text.replaceAll(`<${name}>`, value);
  }
  return text;
}

function takeDailyQuota({ world, clock }: Stage): { dailyQuota: string; remainingQuota: string } {
  const day = new Date(clock.now() + VIETNAM_MS).toISOString().slice(0, 10);
  if (world.templatesToday.day !== day) {
    world.templatesToday = { day, used: 0 };
  }
  const daily = world.settings.quota.templateDaily;
  if (world.templatesToday.used >= daily) {
    throw templateRefusal(-144);
  }
  world.templatesToday.used += 1;
  return { dailyQuota: String(daily), remainingQuota: String(daily - world.templatesToday.used) };
}

function remember({ world, clock }: Stage, send: Omit<TemplateSend, 'at'>): TemplateSend {
  const remembered = { ...send, at: clock.now() };
  world.templateSends.set(send.id, remembered);
  return remembered;
}

/** The real time of delivery is `delivery_time`, not `timestamp`. [DOC] */
function scheduleTemplateReceipt(stage: Stage, send: TemplateSend, onPhone: () => void): void {
  const { received } = stage.world.settings.receipts;
  if (!stage.draws.happens(received.probability, 'received', send.id)) {
    return;
  }
  const delayMs = stage.draws.between(received.delayMs, 'receivedDelay', send.id);
  stage.clock.after(delayMs, async () => {
    send.deliveredAt = stage.clock.now();
    onPhone();
    countUp(stage.world, 'template receipts');
    await stage.webhook.emit({
      name: 'user_received_message',
      subjectId: send.recipient,
      messageId: send.id,
      isTemplateChannel: true,
      fields: {
        sender: { id: stage.world.settings.oa.id },
        recipient: { id: send.recipient },
        message: { msg_id: send.id, tracking_id: send.trackingId, delivery_time: String(send.deliveredAt) },
      },
    });
  });
}
