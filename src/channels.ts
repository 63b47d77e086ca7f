import type { ChannelKind } from './integrations/channels/channel.ts';
import { smsChannel } from './integrations/channels/sms/open-sms.ts';
import { telegramChannel } from './integrations/channels/telegram/open-telegram.ts';
import { zaloChannel } from './integrations/channels/zalo/open-zalo.ts';
import type { SqliteStorage } from './integrations/storage/sqlite/open-storage.ts';
import { createSqliteTelegramStore } from './integrations/storage/sqlite/telegram-store.ts';
import { createSqliteZaloStore } from './integrations/storage/sqlite/zalo-store.ts';

/**
 * Every channel beside the web chat, which is always there. A new one is a folder in `src/integrations/channels` and
 * an entry here (docs/adding-a-channel.md); it is served when its settings are there.
 */
export const CHANNELS: readonly ChannelKind<SqliteStorage>[] = [
  zaloChannel(({ db }) => createSqliteZaloStore(db)),
  smsChannel,
  telegramChannel(({ db }) => createSqliteTelegramStore(db)),
];
