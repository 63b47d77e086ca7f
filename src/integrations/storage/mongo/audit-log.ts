import { randomUUID } from 'node:crypto';
import type { AuditEntry, AuditLog } from '../../agent-desk/audit-log.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

interface AuditDocument extends Omit<AuditEntry, 'key'> {
  /** The entry's key, so that it is written once; else anything. */
  readonly _id: string;
}

export const AUDIT = defineCollection<AuditDocument>({
  name: 'audit_log',
  fields: {
    _id: needed.text,
    at: needed.number,
    actorId: needed.text,
    actorName: needed.text,
    action: needed.text,
    subject: optional.text,
    reason: optional.text,
  },
  indexes: [{ key: { at: -1 } }],
});

/** The audit log on MongoDB: this code inserts and reads, and does nothing else with it. */
export function createMongoAuditLog(db: MongoDatabase): AuditLog {
  const log = db.model(AUDIT);
  return {
    async append({ key, ...entry }) {
      if (entry.actorId === '' || entry.actorName === '') {
        throw new Error('An entry of the audit log names its actor.');
      }
      await insertOnce(log, { _id: key ?? randomUUID(), ...entry });
    },
    async entries({ limit, before }) {
      const last = before === undefined ? null : await log.findOne({ _id: before }, { at: 1 }).lean();
      const earlier = last === null ? {} : { $or: [{ at: { $lt: last.at } }, { at: last.at, _id: { $lt: last._id } }] };
      const found = await log.find(earlier).sort({ at: -1, _id: -1 }).limit(limit).lean<AuditDocument[]>();
      return found.map(({ _id, ...entry }) => ({ id: _id, ...entry }));
    },
  };
}
