import { botFrameworkChannel } from './integrations/channels/botframework/open-botframework.ts';
import type { ChannelKind } from './integrations/channels/channel.ts';
import { emailChannel } from './integrations/channels/email/open-email.ts';
import { smsChannel } from './integrations/channels/sms/open-sms.ts';
import { telegramChannel } from './integrations/channels/telegram/open-telegram.ts';
import { zaloChannel } from './integrations/channels/zalo/open-zalo.ts';
import type { Storage } from './integrations/storage/storage.ts';

/**
 * Every channel beside the web chat, which is always there. A new one is a folder in `src/integrations/channels` and
 * an entry here (docs/adding-a-channel.md); it is served when its settings are there.
 */
export const CHANNELS: readonly ChannelKind<Storage>[] = [
  zaloChannel(({ zalo }) => zalo),
  smsChannel,
  telegramChannel(({ telegram }) => telegram),
  emailChannel,
  botFrameworkChannel(({ botFramework }) => botFramework),
];
