import { createTextSeal, deriveKey } from '../../text-seal.ts';
import type { TokenStore } from './store.ts';

const PREFIX = 'sealed:';

/**
 * Keeps tokens unreadable in the database and in its backups. Tokens that stand there readable are taken as they are;
 * those of another secret key are as good as none: a new consent is needed.
 */
export function sealTokens(store: TokenStore, secretKey: string): TokenStore {
  const texts = createTextSeal(deriveKey(secretKey, 'zalo-tokens'));
  const read = (kept: string, oaId: string) =>
    kept.startsWith(PREFIX) ? texts.open(kept.slice(PREFIX.length), oaId) : kept;
  return {
    ...store,
    async latest(oaId) {
      const kept = await store.latest(oaId);
      if (kept === undefined) {
        return undefined;
      }
      const [accessToken, refreshToken] = [read(kept.accessToken, oaId), read(kept.refreshToken, oaId)];
      return accessToken === undefined || refreshToken === undefined
        ? { ...kept, accessToken: '', refreshToken: '', expiresAt: 0 }
        : { ...kept, accessToken, refreshToken };
    },
    add: (oaId, { accessToken, refreshToken, ...tokens }) =>
      store.add(oaId, {
        ...tokens,
        accessToken: `${PREFIX}${texts.seal(accessToken, oaId)}`,
        refreshToken: `${PREFIX}${texts.seal(refreshToken, oaId)}`,
      }),
  };
}
