import type { AuditEntry, AuditLog } from '../../src/integrations/agent-desk/audit-log.ts';

/** An audit log in memory. */
export function createFakeAudit(): AuditLog {
  const entries: AuditEntry[] = [];
  return {
    append: async (entry) => void entries.push(entry),
    entries: async ({ limit, before }) =>
      entries
        .map((entry, index) => ({ id: String(index), ...entry }))
        .filter((_, index) => before === undefined || index < Number(before))
        .reverse()
        .slice(0, limit),
  };
}
