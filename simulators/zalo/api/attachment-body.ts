import { z } from 'zod';
import type { Settings } from '../settings.ts';
import type { Button, CardElement } from '../world.ts';
import { parseFields } from './parse-fields.ts';
import { oaRefusal } from './refusal.ts';

/** What may hang on a message, by the shape of its `attachment`. */
export type OutgoingAttachment =
  | {
      readonly kind: 'image' | 'gif' | 'sticker';
      readonly attachmentId: string | undefined;
      readonly url: string | undefined;
    }
  | { readonly kind: 'file'; readonly token: string }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'list'; readonly elements: readonly CardElement[]; readonly buttons: readonly Button[] }
  | { readonly kind: 'request_user_info'; readonly element: CardElement };

const MOST_BUTTONS = 5;
const MOST_LIST_ELEMENTS = 5;
const webAddress = z.string().regex(/^https?:\/\/\S+$/);

const title = z.string().min(1).max(100);
const buttonSchema = z.discriminatedUnion('type', [
  z.looseObject({ title, type: z.literal('oa.query.show'), payload: z.string().min(1).max(1000) }),
  z.looseObject({ title, type: z.literal('oa.query.hide'), payload: z.string().min(1).max(1000) }),
  z.looseObject({ title, type: z.literal('oa.open.url'), payload: z.looseObject({ url: webAddress }) }),
  z.looseObject({
    title,
    type: z.literal('oa.open.phone'),
    payload: z.looseObject({ phone_code: z.string().regex(/^\+?\d{3,15}$/) }),
  }),
  z.looseObject({
    title,
    type: z.literal('oa.open.sms'),
    payload: z.looseObject({ phone_code: z.string().regex(/^\+?\d{3,15}$/), content: z.string() }),
  }),
]);

const mediaElement = z.looseObject({
  media_type: z.enum(['image', 'gif', 'sticker']),
  attachment_id: z.string().min(1).optional(),
  url: webAddress.optional(),
  width: z.number().positive().optional(),
  height: z.number().positive().optional(),
});
const cardElement = z.looseObject({
  title,
  subtitle: z.string().optional(),
  image_url: webAddress.optional(),
  default_action: z.looseObject({ type: z.string() }).optional(),
});

const payloadSchema = z.looseObject({ template_type: z.string().optional() });
const PAYLOAD = 'message.attachment.payload';

/** Reads `message.attachment`. Only templates and files exist: a plain `{"type":"image"}` is refused. */
export function attachmentIn(
  attachment: { readonly type: string; readonly payload?: unknown } | undefined,
  answers: Settings['answers'],
): OutgoingAttachment | undefined {
  if (attachment === undefined) {
    return undefined;
  }
  if (attachment.type === 'file') {
    const { token } = parseFields(z.looseObject({ token: z.string().min(1) }), attachment.payload, PAYLOAD);
    return { kind: 'file', token };
  }
  if (attachment.type !== 'template') {
    throw oaRefusal(-201, 'message.attachment.type');
  }
  const payload = parseFields(payloadSchema, attachment.payload, PAYLOAD);
  switch (payload.template_type) {
    case 'media':
      return mediaIn(payload);
    case 'request_user_info':
      return requestIn(payload);
    case 'list':
      return listIn(payload, answers);
    case 'button':
    case undefined:
      return buttonsIn(payload, payload.template_type !== undefined, answers);
    default:
      throw oaRefusal(-201, `${PAYLOAD}.template_type`);
  }
}

function mediaIn(payload: unknown): OutgoingAttachment {
  const { elements } = parseFields(z.looseObject({ elements: z.array(mediaElement).min(1).max(1) }), payload, PAYLOAD);
  const element = elements[0];
  const field = `${PAYLOAD}.elements.0`;
  if (element === undefined) {
    throw oaRefusal(-201, field);
  }
  const { media_type: kind, attachment_id: attachmentId, url, width, height } = element;
  if ((attachmentId === undefined) === (url === undefined) || (kind === 'sticker' && attachmentId === undefined)) {
    throw oaRefusal(-201, `${field}.attachment_id`);
  }
  if (kind === 'gif' && (width === undefined || height === undefined)) {
    throw oaRefusal(-201, `${field}.${width === undefined ? 'width' : 'height'}`);
  }
  return { kind, attachmentId, url };
}

function requestIn(payload: unknown): OutgoingAttachment {
  const element = cardElement.required({ subtitle: true, image_url: true });
  const { elements } = parseFields(z.looseObject({ elements: z.array(element).length(1) }), payload, PAYLOAD);
  return { kind: 'request_user_info', element: elements[0] ?? {} };
}

function listIn(payload: unknown, { listTemplate }: Settings['answers']): OutgoingAttachment {
  if (listTemplate === 'refuse') {
    throw oaRefusal(-233, 'list');
  }
  const schema = z.looseObject({
    elements: z.array(cardElement).min(1).max(MOST_LIST_ELEMENTS),
    buttons: z.array(buttonSchema).max(MOST_BUTTONS).default([]),
  });
  const { elements, buttons } = parseFields(schema, payload, PAYLOAD);
  return { kind: 'list', elements, buttons };
}

function buttonsIn(
  payload: unknown,
  isNamed: boolean,
  { buttonTemplateType }: Settings['answers'],
): OutgoingAttachment {
  if ((buttonTemplateType === 'required' && !isNamed) || (buttonTemplateType === 'forbidden' && isNamed)) {
    throw oaRefusal(-201, `${PAYLOAD}.template_type`);
  }
  const schema = z.looseObject({ buttons: z.array(buttonSchema).min(1).max(MOST_BUTTONS) });
  return { kind: 'buttons', buttons: parseFields(schema, payload, PAYLOAD).buttons };
}
