import type { AuditEntry, AuditLog } from '../../src/integrations/agent-desk/audit-log.ts';

/** An audit log in memory. */
export function createFakeAudit(): AuditLog {
  const entries: AuditEntry[] = [];
  return {
    append: async (entry) => {
      if (entry.key === undefined || entries.every(({ key }) => key !== entry.key)) {
        entries.push(entry);
      }
    },
    entries: async ({ limit, before }) =>
      entries
        .map(({ key: _key, ...entry }, index) => ({ id: String(index), ...entry }))
        .filter((_, index) => before === undefined || index < Number(before))
        .reverse()
        .slice(0, limit),
  };
}
