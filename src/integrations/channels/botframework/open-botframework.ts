import { z } from 'zod';
import type { ChannelKind } from '../channel.ts';
import { areAllSet, readSettings } from '../read-settings.ts';
import { createBringFile } from './bring-file.ts';
import type { ReferenceStore } from './references.ts';

const NAMES = ['BOT_APP_ID', 'BOT_APP_PASSWORD'] as const;

const schema = z.object({
  BOT_APP_ID: z.guid('must be the application (client) id of the Azure bot'),
  BOT_APP_PASSWORD: z.string().min(1),
  BOT_APP_TENANT_ID: z.guid().optional(),
  BOT_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(60_000).default(15_000),
});

const GROUP_WORDS =
  'Dạ, mình chỉ trả lời trong tin nhắn riêng ạ. Anh/chị mở cuộc trò chuyện riêng với mình rồi nhắn giúp mình nhé.';

/** A bot of Azure Bot Service (Teams and others), served when its id and password are set. */
export function botFrameworkChannel<Stores>(openStore: (stores: Stores) => ReferenceStore): ChannelKind<Stores> {
  return {
    liveOnly: [...NAMES],
    configure(env) {
      if (!areAllSet('The Bot Framework channel', NAMES, env)) {
        return undefined;
      }
      const set = readSettings(schema, env);
      return {
        name: 'botframework',
        async open({ receive, clock, log, stores }) {
          // The SDK takes seconds to load: only who has a bot waits for it.
          const [{ createBotFrameworkChannel }, { createAuthentication }] = await Promise.all([
            import('./adapter.ts'),
            import('./authentication.ts'),
          ]);
          const authentication = createAuthentication({
            appId: set.BOT_APP_ID,
            appPassword: set.BOT_APP_PASSWORD,
            tenantId: set.BOT_APP_TENANT_ID,
          });
          return createBotFrameworkChannel({
            ...{ receive, clock, log, appId: set.BOT_APP_ID, timeoutMs: set.BOT_TIMEOUT_MS, groupWords: GROUP_WORDS },
            references: openStore(stores),
            fetchMedia: createBringFile(authentication),
            authentication,
          });
        },
      };
    },
  };
}
