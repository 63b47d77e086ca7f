import { createHash } from 'node:crypto';
import { parseConversationId } from '../../../bot/conversation.ts';
import type { ConversationId } from '../../../bot/message.ts';
import type { ApiResult, ZaloApi } from './api.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { CallPurpose } from './pacer.ts';
import { recipientOf } from './parse.ts';
import type { PhoneCustomers } from './phone-customer.ts';
import type { ReadyTemplate } from './templates.ts';

/** A template on its way to one customer. */
export interface TemplateCall {
  /** By what a sign of it is known again: the tracking id by phone, the words by user id. */
  readonly mark: string;
  run(purpose: CallPurpose): Promise<ApiResult>;
}

/** Makes the call that brings a template to a customer; `undefined`: there is no way to this one. */
export type CallTemplate = (
  template: ReadyTemplate,
  to: { readonly conversationId: ConversationId; readonly idempotencyKey: string },
) => TemplateCall | undefined;

/** By phone on the host of templates, by user id on the OA API: two bodies for one thing. */
export function createTemplateCaller(
  api: Pick<ZaloApi, 'post' | 'postBusiness'>,
  phones: Pick<PhoneCustomers, 'isByPhone' | 'phoneOf'>,
): CallTemplate {
  return ({ id, data, text }, { conversationId, idempotencyKey }) => {
    const content = { template_id: id, template_data: data };
    if (phones.isByPhone(conversationId)) {
      const phone = phones.phoneOf(conversationId);
      const mark = trackingId(idempotencyKey);
      return phone === undefined
        ? undefined
        : {
            mark,
            run: (purpose) => api.postBusiness('/message/template', { phone, ...content, tracking_id: mark }, purpose),
          };
    }
    const recipient = recipientOf(parseConversationId(conversationId).customer);
    return 'user_id' in recipient
      ? {
          mark: fingerprintOf(text),
          run: (purpose) => api.post('/v3.0/oa/message/template', { ...recipient, ...content }, purpose),
        }
      : undefined;
  };
}

/** At most 48 characters; the receipt brings it back. */
function trackingId(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('base64url');
}
