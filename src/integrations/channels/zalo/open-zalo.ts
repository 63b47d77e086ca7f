import { createFetchMedia } from '../../media/fetch-media.ts';
import type { ChannelKind } from '../channel.ts';
import { createZaloChannel } from './adapter.ts';
import { readZaloSettings, ZALO_NEEDED } from './read-zalo-settings.ts';
import { sealTokens } from './sealed-tokens.ts';
import type { ZaloStore } from './store.ts';

/** Where Zalo keeps what its users send. */
const ZALO_MEDIA = ['*.zdn.vn', '*.zadn.vn'];

/** A Zalo Official Account, served when its app and its secrets are set. */
export function zaloChannel<Stores>(openStore: (stores: Stores) => ZaloStore): ChannelKind<Stores> {
  return {
    liveOnly: [...ZALO_NEEDED, 'ZALO_CONNECT_KEY', 'ZALO_VERIFIER_CODE'],
    configure(env) {
      const setup = readZaloSettings(env);
      return (
        setup && {
          name: 'zalo',
          open({ receive, conversations, deliveries, clock, log, isUrgent, publicUrl, secretKey, stores }) {
            const store = openStore(stores);
            return createZaloChannel({
              ...{ receive, conversations, deliveries, clock, isUrgent, publicUrl },
              ...setup,
              logger: log,
              store: { ...store, tokens: sealTokens(store.tokens, secretKey) },
              fetchMedia: createFetchMedia({
                source: {
                  hosts: [...ZALO_MEDIA, ...setup.mediaHosts, URL.parse(publicUrl)?.hostname ?? []].flat(),
                  trusted: setup.privateMediaHosts,
                },
              }),
              isOn: () => setup.isOn,
            });
          },
        }
      );
    },
  };
}
