import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiResult, createZaloApi } from '../../src/integrations/channels/zalo/api.ts';
import { createHttp } from '../../src/integrations/channels/zalo/http.ts';
import { createOAuth } from '../../src/integrations/channels/zalo/oauth.ts';
import { createPacer } from '../../src/integrations/channels/zalo/pacer.ts';
import { sealTokens } from '../../src/integrations/channels/zalo/sealed-tokens.ts';
import { ZALO_DEFAULTS, type ZaloCredentials } from '../../src/integrations/channels/zalo/settings.ts';
import { createTokenKeeper } from '../../src/integrations/channels/zalo/token-keeper.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteZaloStore } from '../../src/integrations/storage/sqlite/zalo-store.ts';

/** A process that sends for the OA as a node of the product does: nothing but the database is shared with the others. */
export interface SendWorkerSetup {
  readonly databasePath: string;
  readonly secretKey: string;
  readonly oauthBase: string;
  readonly openapiBase: string;
  readonly credentials: ZaloCredentials;
}

/** What it is to send, and how far its clock runs ahead of the machine's. */
export interface SendOrder {
  readonly userId: string;
  readonly text: string;
  readonly aheadMs: number;
}

export type SendWorkerAnswer = { readonly ready: true } | { readonly sent: ApiResult };

let aheadMs = 0;

function open({ databasePath, secretKey, credentials, ...bases }: SendWorkerSetup) {
  const settings = { ...ZALO_DEFAULTS, ...bases };
  const clock = { now: () => Date.now() + aheadMs };
  const http = createHttp(settings);
  const store = sealTokens(createSqliteZaloStore(openDatabase({ path: databasePath })).tokens, secretKey);
  const keeper = createTokenKeeper({
    ...{ store, oauth: createOAuth(http, credentials, settings), oaId: credentials.oaId, clock, sleep },
    ...{ renewBeforeMs: settings.renewBeforeMs, leaseMs: settings.httpTimeoutMs * 2, onNeedsConsent: () => {} },
  });
  const pacer = createPacer({ clock, appId: credentials.appId, callsPerMinute: settings.callsPerMinute });
  return createZaloApi({ http, keeper, pacer, credentials, settings });
}

const tell = (answer: SendWorkerAnswer) => process.send?.(answer);

process.once('message', (setup: SendWorkerSetup) => {
  const api = open(setup);
  process.on('message', async (order: SendOrder) => {
    aheadMs = order.aheadMs;
    const message = { recipient: { user_id: order.userId }, message: { text: order.text } };
    tell({ sent: await api.post('/v3.0/oa/message/cs', message) });
  });
  tell({ ready: true });
});
process.on('disconnect', () => process.exit(0));
