import type { KeptMedia } from '../../../bot/media.ts';
import { type Chart, chartText } from '../../../dialogs/chart.ts';
import type { TryToPaint } from '../../charts/paint-chart.ts';
import type { ApiResult, TelegramApi } from './api.ts';
import { isBadPicture } from './errors.ts';
import { escapeHtml, type TelegramPart } from './render.ts';

export interface PartCallerDeps {
  readonly api: TelegramApi;
  readonly paintChart: TryToPaint;
  /** The file of an address of ours; `undefined`: it is not ours. */
  readonly openFile: (url: string) => Promise<KeptMedia | undefined>;
}

/** Makes the call that brings one part to the customer. What Telegram cannot take as a picture is said in words. */
export function createPartCaller({
  api,
  paintChart,
  openFile,
}: PartCallerDeps): (chat: string, part: TelegramPart) => Promise<ApiResult> {
  async function callPart(chat: string, part: TelegramPart): Promise<ApiResult> {
    const { chart, photo, document, caption = '', ...rest } = part;
    const file = document && (await ownFile(document.url, document.name));
    if (file !== undefined) {
      const { parse_mode } = rest;
      return api.call('sendDocument', { chat_id: chat, parse_mode, caption, document: file });
    }
    if (chart === undefined && photo === undefined) {
      return api.call('sendMessage', { chat_id: chat, ...rest });
    }
    const picture = chart === undefined ? ((await ownFile(photo ?? '', 'anh.jpg')) ?? photo) : await painted(chart);
    if (picture !== undefined) {
      const result = await api.call('sendPhoto', { chat_id: chat, ...rest, caption, photo: picture });
      if (result.kind !== 'error' || !isBadPicture(result)) {
        return result;
      }
    }
    const words = chart === undefined ? `${caption}\n${escapeHtml(photo ?? '')}` : escapeHtml(chartText(chart));
    return api.call('sendMessage', { chat_id: chat, ...rest, text: words });
  }

  /** As telegraf uploads it. */
  async function painted(chart: Chart): Promise<object | undefined> {
    const png = await paintChart(chart);
    return png && { source: Buffer.from(png), filename: 'bieu-do.png' };
  }

  /** A file of ours: Telegram need not be able to reach us. */
  async function ownFile(url: string, filename: string): Promise<object | undefined> {
    const file = await openFile(url);
    return file && { source: Buffer.from(file.bytes), filename };
  }

  return callPart;
}
