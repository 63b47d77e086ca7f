import type { TrackedMessage } from '../../src/bot/message.ts';
import { formOf, paintPicture, renderActivities } from '../../src/integrations/channels/botframework/render.ts';
import { renderTelegram } from '../../src/integrations/channels/telegram/render.ts';
import { toActivity } from '../../src/integrations/channels/web/render.ts';
import { render as renderZalo } from '../../src/integrations/channels/zalo/render.ts';
import { ZALO_DEFAULTS } from '../../src/integrations/channels/zalo/settings.ts';

/** The channels that the terminal can stand for; `botframework` is Microsoft Teams. */
export const CHAT_CHANNELS = ['web', 'zalo', 'telegram', 'botframework'] as const;

export type ChatChannel = (typeof CHAT_CHANNELS)[number];

/** A message as the channel would send it: what goes out over the wire, one entry a call. */
export async function renderForChannel(channel: ChatChannel, message: TrackedMessage): Promise<readonly object[]> {
  if (message.reply === undefined) {
    return [];
  }
  switch (channel) {
    case 'web':
      return [toActivity(message, 'terminal', { bot: 'Trợ lý ảo', system: 'Hệ thống' })];
    case 'zalo':
      return renderZalo(message.reply, message.seq, ZALO_DEFAULTS).parts;
    case 'telegram':
      return renderTelegram(message.reply, message.seq).parts;
    case 'botframework':
      return renderActivities(message.reply, paintPicture, formOf('msteams'));
  }
}
