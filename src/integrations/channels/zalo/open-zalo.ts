import { StartError } from '../../../start-error.ts';
import { createFetchMedia } from '../../media/fetch-media.ts';
import { withOwnFiles } from '../../media/own-files.ts';
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
          open({ log, secretKey, stores, ...parts }) {
            const store = openStore(stores);
            const { publicUrl, noticeTemplates, ownFiles } = parts;
            checkTemplates(setup.settings.templateIds, noticeTemplates.names);
            return createZaloChannel({
              ...parts,
              ...setup,
              logger: log,
              createLimiter: parts.isShared ? parts.createLimiter : undefined,
              store: { ...store, tokens: sealTokens(store.tokens, secretKey) },
              fetchMedia: withOwnFiles(
                createFetchMedia({
                  source: {
                    hosts: [...ZALO_MEDIA, ...setup.mediaHosts, URL.parse(publicUrl)?.hostname ?? []].flat(),
                    trusted: setup.privateMediaHosts,
                  },
                }),
                ownFiles,
              ),
              isOn: () => setup.isOn,
            });
          },
        }
      );
    },
  };
}

function checkTemplates(ids: Readonly<Record<string, string>> = {}, known: readonly string[]): void {
  const unknown = Object.keys(ids).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new StartError(
      `ZALO_TEMPLATES names ${unknown.join(', ')}: data/notices/templates.yaml has ${known.join(', ')}.`,
    );
  }
}
