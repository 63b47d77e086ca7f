import { z } from 'zod';
import { StartError } from '../../../start-error.ts';
import { createTermLease } from '../../term-lease.ts';
import type { ChannelKind } from '../channel.ts';
import { readSettings } from '../read-settings.ts';
import { botIdOf } from './settings.ts';
import type { TelegramStore } from './store.ts';

const schema = z.object({
  TELEGRAM_BOT_TOKEN: z.string().regex(/^\d+:[\w-]+$/, 'not a token of BotFather'),
  TELEGRAM_MODE: z.enum(['polling', 'webhook']).default('polling'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, 'must have 16 to 256 of A-Z, a-z, 0-9, _ and -')
    .optional(),
  TELEGRAM_API_ROOT: z.url({ protocol: /^https?$/ }).optional(),
});

/** A Telegram bot, served when its token is set. */
export function telegramChannel<Stores>(openStore: (stores: Stores) => TelegramStore): ChannelKind<Stores> {
  return {
    liveOnly: ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET'],
    configure(env) {
      if (env['TELEGRAM_BOT_TOKEN'] === undefined) {
        return undefined;
      }
      const set = readSettings(schema, env);
      const secret = set.TELEGRAM_WEBHOOK_SECRET;
      if (set.TELEGRAM_MODE === 'webhook' && secret === undefined) {
        throw new StartError(
          'TELEGRAM_MODE=webhook needs TELEGRAM_WEBHOOK_SECRET: 16 to 256 characters of your choice.',
        );
      }
      return {
        name: 'telegram',
        async open({ receive, clock, ids, log, publicUrl, ownFiles, stores, slots, isShared, createLimiter }) {
          // Telegraf takes its time to load: only who has a bot waits for it.
          const { createTelegramChannel } = await import('./adapter.ts');
          const botId = botIdOf(set.TELEGRAM_BOT_TOKEN);
          return createTelegramChannel({
            ...{ receive, clock, logger: log, token: set.TELEGRAM_BOT_TOKEN },
            ...(isShared && {
              createLimiter,
              pollLease: createTermLease({ slots, clock, work: `telegram_poll/${botId}`, holder: ids.next() }),
            }),
            store: openStore(stores),
            openFile: ownFiles.open,
            inbound:
              set.TELEGRAM_MODE === 'webhook'
                ? { mode: 'webhook', publicUrl, secret: secret ?? '' }
                : { mode: 'polling' },
            settings: set.TELEGRAM_API_ROOT === undefined ? {} : { apiRoot: set.TELEGRAM_API_ROOT },
          });
        },
      };
    },
  };
}
