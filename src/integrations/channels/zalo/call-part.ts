import { parseConversationId } from '../../../bot/conversation.ts';
import type { ConversationId } from '../../../bot/message.ts';
import type { ApiResult, ZaloApi } from './api.ts';
import { classOf } from './errors.ts';
import { recipientOf } from './parse.ts';
import type { Pictures } from './pictures.ts';
import type { ZaloPart } from './render.ts';
import type { ZaloSettings } from './settings.ts';

/** Makes the call that brings one part to the customer. */
export function createPartCaller({
  api,
  pictures,
  settings,
}: {
  readonly api: ZaloApi;
  readonly pictures: Pictures;
  readonly settings: ZaloSettings;
}): (conversationId: ConversationId, part: ZaloPart) => Promise<ApiResult> {
  async function callPart(conversationId: ConversationId, part: ZaloPart): Promise<ApiResult> {
    if (part.kind === 'text') {
      return post(conversationId, textBody(part, settings));
    }
    const first = await sendPicture(conversationId, part);
    if (first.kind !== 'error' || classOf(first.code) !== 'upload') {
      return first;
    }
    await pictures.forget(part.url);
    return sendPicture(conversationId, part);
  }

  async function sendPicture(
    conversationId: ConversationId,
    part: Extract<ZaloPart, { kind: 'image' }>,
  ): Promise<ApiResult> {
    const picture = await pictures.idOf(part.url);
    switch (picture.kind) {
      case 'failed':
        // An upload whose answer was lost has shown the customer nothing.
        return picture.result.kind === 'unknown' ? { kind: 'not_sent' } : picture.result;
      case 'no_picture':
        return post(conversationId, { text: `${part.text}\n${part.url}` });
      case 'id':
        return post(conversationId, pictureBody(part.text, picture.id));
    }
  }

  function post(conversationId: ConversationId, message: object): Promise<ApiResult> {
    const recipient = recipientOf(parseConversationId(conversationId).customer);
    const path = 'user_id' in recipient ? '/v3.0/oa/message/cs' : '/v2.0/oa/message';
    return api.post(path, { recipient, message });
  }

  return callPart;
}

function textBody(
  { text, buttons }: Extract<ZaloPart, { kind: 'text' }>,
  { sendsButtonType }: Pick<ZaloSettings, 'sendsButtonType'>,
): object {
  if (buttons.length === 0) {
    return { text };
  }
  const payload = { ...(sendsButtonType && { template_type: 'button' }), buttons };
  return { text, attachment: { type: 'template', payload } };
}

function pictureBody(text: string, attachmentId: string): object {
  const elements = [{ media_type: 'image', attachment_id: attachmentId }];
  const payload = { template_type: 'media', elements };
  return { ...(text !== '' && { text }), attachment: { type: 'template', payload } };
}
