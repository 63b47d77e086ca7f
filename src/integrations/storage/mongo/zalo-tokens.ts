import type { RefreshTry, TokenGeneration, TokenStore } from '../../channels/zalo/store.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

interface TokenDocument extends TokenGeneration {
  /** `<oa>/<generation>`. */
  readonly _id: string;
  readonly oaId: string;
}

export const ZALO_TOKENS = defineCollection<TokenDocument>({
  name: 'zalo_tokens',
  fields: {
    _id: needed.text,
    oaId: needed.text,
    generation: needed.number,
    accessToken: needed.text,
    refreshToken: needed.text,
    issuedAt: needed.number,
    expiresAt: needed.number,
  },
  indexes: [{ key: { oaId: 1, generation: -1 } }],
});

interface RefreshDocument extends RefreshTry {
  /** `<oa>/<generation>/<number>`. */
  readonly _id: string;
  readonly oaId: string;
  readonly generation: number;
}

export const ZALO_REFRESHES = defineCollection<RefreshDocument>({
  name: 'zalo_refreshes',
  fields: {
    _id: needed.text,
    oaId: needed.text,
    generation: needed.number,
    number: needed.number,
    startedAt: needed.number,
    outcome: optional.text,
  },
  indexes: [{ key: { oaId: 1, generation: 1, number: 1 } }],
});

/** Token generations of the OAs on MongoDB; one unique insert decides which node refreshes. */
export function createMongoZaloTokens(db: MongoDatabase): TokenStore {
  const tokens = db.model(ZALO_TOKENS);
  const refreshes = db.model(ZALO_REFRESHES);
  const keyOf = (...parts: readonly (string | number)[]) => parts.join('/');

  return {
    async latest(oaId) {
      const found = await tokens.findOne({ oaId }).sort({ generation: -1 }).lean<TokenDocument>();
      if (found === null) {
        return undefined;
      }
      const { _id, oaId: _oaId, ...generation } = found;
      return generation;
    },
    async tries(oaId, generation) {
      const found = await refreshes.find({ oaId, generation }).sort({ number: 1 }).lean<RefreshDocument[]>();
      return found.map(({ number, startedAt, outcome }) => ({
        number,
        startedAt,
        ...(outcome !== undefined && { outcome }),
      }));
    },
    beginTry: (oaId, generation, { number, startedAt }) =>
      insertOnce<RefreshDocument>(refreshes, {
        _id: keyOf(oaId, generation, number),
        ...{ oaId, generation, number, startedAt },
      }),
    async endTry(oaId, generation, number, outcome) {
      await refreshes.updateOne({ _id: keyOf(oaId, generation, number) }, { $set: { outcome } });
    },
    async add(oaId, generation) {
      const isNew = await insertOnce(tokens, { _id: keyOf(oaId, generation.generation), oaId, ...generation });
      // Nothing can be done any more with tokens that are two generations old.
      await tokens.deleteMany({ oaId, generation: { $lt: generation.generation - 1 } });
      return isNew;
    },
  };
}
