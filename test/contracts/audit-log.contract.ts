import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditEntry, AuditLog } from '../../src/integrations/agent-desk/audit-log.ts';

/** What every `AuditLog` promises. */
export function auditLogContract(
  name: string,
  open: () => Promise<{ readonly audit: AuditLog; close(): Promise<void> }>,
): void {
  describe(`${name} as an audit log`, () => {
    let fixture: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    const entry = (at: number, change: Partial<AuditEntry> = {}): AuditEntry => ({
      ...{ at, actorId: 'id-lan', actorName: 'Chị Lan', action: 'reveal_phone' },
      ...{ subject: 'PB06010001234', reason: 'khách nhờ gọi lại' },
      ...change,
    });

    test('gives back what was added, the newest first', async () => {
      await fixture.audit.append(entry(1_000));
      await fixture.audit.append(entry(2_000, { action: 'log_in' }));
      const [last, before, ...rest] = await fixture.audit.entries(2);
      expect([last?.action, before?.action, rest]).toEqual(['log_in', 'reveal_phone', []]);
      expect(before).toEqual({ id: expect.any(String), ...entry(1_000) });
      expect(last?.id).not.toBe(before?.id);
    });

    test('takes no entry without an actor', async () => {
      await expect(fixture.audit.append(entry(3_000, { actorId: '' }))).rejects.toThrow();
      await expect(fixture.audit.append(entry(3_000, { actorName: '' }))).rejects.toThrow();
    });
  });
}
