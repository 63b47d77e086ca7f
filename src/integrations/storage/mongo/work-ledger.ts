import type { DueTimer, WorkLedger } from '../../../bot/ports.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import {
  CLAIMS,
  EFFECTS,
  type EffectDocument,
  TIMERS,
  type TimerDocument,
  toEffect,
  toTimerDocument,
} from './work-documents.ts';

/** Effects and timers of committed turns on MongoDB. A timer that fires twice is one event of the inbox. */
export function createMongoWorkLedger(db: MongoDatabase): WorkLedger {
  const effects = db.model(EFFECTS);
  const claims = db.model(CLAIMS);
  const timers = db.model(TIMERS);

  const insertClaim = (effect: string, number: number, until: number) =>
    insertOnce(claims, { _id: `${effect}/${number}`, effect, number, until });

  /** Somebody had it in hand before: whether his time is over, and nobody else was quicker. */
  async function claimAgain(key: string, now: number, until: number): Promise<boolean> {
    const last = await claims.findOne({ effect: key }).sort({ number: -1 }).lean();
    return (last === null || last.until <= now) && insertClaim(key, (last?.number ?? 0) + 1, until);
  }

  return {
    async effectsDue({ now, limit, conversationId }) {
      const found = await effects
        .find({ state: 'waiting', nextAt: { $lte: now }, ...(conversationId !== undefined && { conversationId }) })
        .sort({ nextAt: 1 })
        .limit(limit)
        .lean<EffectDocument[]>();
      return found.map(toEffect);
    },
    async claimEffect(key, now, until) {
      if (!((await insertClaim(key, 1, until)) || (await claimAgain(key, now, until)))) {
        return false;
      }
      if ((await effects.exists({ _id: key, state: 'waiting' })) !== null) {
        return true;
      }
      // Its last owner came to the end of it while we looked.
      await claims.deleteMany({ effect: key });
      return false;
    },
    async effectDone(key) {
      await effects.updateOne({ _id: key }, { $set: { state: 'done' }, $unset: { request: 1, failure: 1 } });
      await claims.deleteMany({ effect: key });
    },
    async effectFailed(key, reason, nextAt) {
      const state = nextAt === undefined ? 'failed' : 'waiting';
      const set = { state, failure: reason, ...(nextAt !== undefined && { nextAt }) };
      await effects.updateOne({ _id: key }, { $set: set, $inc: { tries: 1 } });
      await claims.updateMany({ effect: key }, { $set: { until: 0 } });
    },
    async timersDue({ now, limit }) {
      const found = await timers
        .find({ due: { $lte: now } })
        .sort({ due: 1 })
        .limit(limit)
        .lean<TimerDocument[]>();
      return found.map(({ _id, ...timer }): DueTimer => timer);
    },
    async timerFired(timer) {
      await timers.deleteOne({ _id: toTimerDocument(timer)._id });
    },
  };
}
