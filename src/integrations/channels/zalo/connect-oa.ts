import Fastify from 'fastify';
import type { Clock } from '../../../bot/ports.ts';
import { beginConsent, registerConsent } from './consent-routes.ts';
import { createHttp } from './http.ts';
import { createOAuth } from './oauth.ts';
import { checkCredentials, ZALO_DEFAULTS, type ZaloCredentials, type ZaloSettings } from './settings.ts';
import type { ZaloStore } from './store.ts';
import { createTokenKeeper } from './token-keeper.ts';

export interface ConnectOptions {
  readonly store: Pick<ZaloStore, 'tokens' | 'consents'>;
  readonly credentials: ZaloCredentials;
  readonly settings?: Partial<ZaloSettings> | undefined;
  /** Where the consent comes back: at the running service, or at a port of this machine that this call listens on. */
  readonly callback: { readonly publicUrl: string } | { readonly port: number };
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Shown the address that an admin of the OA must open. */
  readonly onAddress: (url: string) => void;
  /** How long the admin may take, ms. */
  readonly waitMs: number;
}

const LOOK_EVERY_MS = 500;

/** Leads an admin of the OA through the consent. Resolves when its tokens are stored; throws when none came in time. */
export async function connectOa(options: ConnectOptions): Promise<void> {
  checkCredentials(options.credentials);
  const { store, credentials, callback, clock } = options;
  const { oaId } = credentials;
  const settings: ZaloSettings = { ...ZALO_DEFAULTS, ...options.settings };
  const http = createHttp(settings);
  const oauth = createOAuth(http, credentials, settings);
  const keeper = createTokenKeeper({
    ...{ store: store.tokens, oauth, oaId, clock, renewBeforeMs: settings.renewBeforeMs },
    leaseMs: settings.httpTimeoutMs * 2,
    sleep: async (ms) => void (await options.sleep(ms)),
    onNeedsConsent: () => {},
  });
  const app = 'port' in callback ? Fastify() : undefined;
  const publicUrl = 'port' in callback ? `http://localhost:${callback.port}` : callback.publicUrl.replace(/\/$/, '');
  const consent = { oauth, consents: store.consents, keeper, oaId, publicUrl, clock };
  try {
    if (app !== undefined && 'port' in callback) {
      registerConsent(app, { ...consent, connectKey: undefined, onConnected: () => {} });
      await app.listen({ host: 'localhost', port: callback.port });
    }
    const generation = async () => (await store.tokens.latest(oaId))?.generation ?? 0;
    const before = await generation();
    options.onAddress(await beginConsent(consent));
    for (let waited = 0; waited < options.waitMs; waited += LOOK_EVERY_MS) {
      if ((await generation()) > before) {
        return;
      }
      await options.sleep(LOOK_EVERY_MS);
    }
    throw new Error('Nobody consented in time: run the command again, and open the address as an admin of the OA.');
  } finally {
    await app?.close();
    await http.close();
  }
}
