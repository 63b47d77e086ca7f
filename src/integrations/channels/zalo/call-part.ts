import { parseConversationId } from '../../../bot/conversation.ts';
import type { ConversationId } from '../../../bot/message.ts';
import { chartText } from '../../../dialogs/chart.ts';
import type { ApiResult, ZaloApi } from './api.ts';
import { classOf, outcomeOf } from './errors.ts';
import type { Files } from './files.ts';
import type { CallPurpose } from './pacer.ts';
import { recipientOf } from './parse.ts';
import type { Pictures } from './pictures.ts';
import type { ZaloPart } from './render.ts';
import type { ZaloSettings } from './settings.ts';
import type { UploadResult } from './upload-once.ts';

type UploadedPart = Extract<ZaloPart, { readonly kind: 'image' | 'file' }>;

/** Makes the call that brings one part to the customer. */
export function createPartCaller({
  api,
  pictures,
  files,
  settings,
}: {
  readonly api: ZaloApi;
  readonly pictures: Pictures;
  readonly files: Files;
  readonly settings: ZaloSettings;
}): (conversationId: ConversationId, part: ZaloPart, purpose: CallPurpose) => Promise<ApiResult> {
  async function callPart(conversationId: ConversationId, part: ZaloPart, purpose: CallPurpose): Promise<ApiResult> {
    switch (part.kind) {
      case 'text':
        return post(conversationId, textBody(part, settings), purpose);
      case 'user_info':
        return post(conversationId, userInfoBody(part), purpose);
      case 'image':
      case 'file':
        return withUpload(conversationId, part, purpose);
    }
  }

  async function withUpload(id: ConversationId, part: UploadedPart, purpose: CallPurpose): Promise<ApiResult> {
    const first = await sendUpload(id, part, purpose);
    if (first.kind !== 'error' || classOf(first.code) !== 'upload') {
      return first;
    }
    await (part.kind === 'image' ? pictures : files).forget(part.url);
    return sendUpload(id, part, purpose);
  }

  async function sendUpload(id: ConversationId, part: UploadedPart, purpose: CallPurpose): Promise<ApiResult> {
    const isImage = part.kind === 'image';
    const upload: UploadResult = await (isImage
      ? pictures.idOf(part.url, purpose, part.chart)
      : files.tokenOf(part.url, part.name, purpose));
    switch (upload.kind) {
      case 'failed':
        if (isChart(part) && isRefusedForGood(upload.result)) {
          return post(id, { text: wordsOf(part) }, purpose);
        }
        // An upload whose answer was lost has shown the customer nothing.
        return upload.result.kind === 'unknown' ? { kind: 'not_sent' } : upload.result;
      case 'nothing':
        return post(id, { text: wordsOf(part) }, purpose);
      case 'id':
        return post(id, isImage ? pictureBody(part.text, upload.id) : fileBody(upload.id), purpose);
    }
  }

  function post(conversationId: ConversationId, message: object, purpose: CallPurpose): Promise<ApiResult> {
    const recipient = recipientOf(parseConversationId(conversationId).customer);
    const path = 'user_id' in recipient ? '/v3.0/oa/message/cs' : '/v2.0/oa/message';
    return api.post(path, { recipient, message }, purpose);
  }

  return callPart;
}

function isChart(part: UploadedPart): boolean {
  return part.kind === 'image' && part.chart !== undefined;
}

function isRefusedForGood(result: ApiResult): boolean {
  return result.kind === 'error' && outcomeOf(result.code, { msToNextMinute: 0 }).result === 'refused';
}

/** What is said in place of an upload: a chart has its figures in its words, all else an address. */
function wordsOf(part: UploadedPart): string {
  if (part.kind === 'image' && part.chart !== undefined) {
    return chartText(part.chart);
  }
  return `${part.kind === 'image' ? part.text : part.name}\n${part.url}`;
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

function fileBody(token: string): object {
  return { attachment: { type: 'file', payload: { token } } };
}

function userInfoBody({ title, subtitle, picture }: Extract<ZaloPart, { kind: 'user_info' }>): object {
  const elements = [{ title, subtitle, image_url: picture }];
  return { attachment: { type: 'template', payload: { template_type: 'request_user_info', elements } } };
}
