import type { TrackedMessage } from '../../src/bot/message.ts';
import { renderTelegram } from '../../src/integrations/channels/telegram/render.ts';
import { toActivity } from '../../src/integrations/channels/web/render.ts';
import { render as renderZalo } from '../../src/integrations/channels/zalo/render.ts';
import { ZALO_DEFAULTS } from '../../src/integrations/channels/zalo/settings.ts';

export type ChatChannel = 'web' | 'zalo' | 'telegram';

/** A message as the channel would send it: what goes out over the wire, one entry a call. */
export function renderForChannel(channel: ChatChannel, message: TrackedMessage): readonly object[] {
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
  }
}
