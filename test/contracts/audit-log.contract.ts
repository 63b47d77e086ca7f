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
      await fixture.audit.append(entry(11_000));
      await fixture.audit.append(entry(12_000, { action: 'log_in' }));
      const [last, before, ...rest] = await fixture.audit.entries({ limit: 2 });
      expect([last?.action, before?.action, rest]).toEqual(['log_in', 'reveal_phone', []]);
      expect(before).toEqual({ id: expect.any(String), ...entry(11_000) });
      expect(last?.id).not.toBe(before?.id);
    });

    test('goes on after the last entry that was seen, entries of the same moment too', async () => {
      const pages = ['1', '2', '3', '4', '5'].map((number) => `trang-${number}`);
      for (const subject of pages) {
        await fixture.audit.append(entry(9, { subject }));
      }
      const seen: Awaited<ReturnType<AuditLog['entries']>>[number][] = [];
      for (let before: string | undefined, isOver = false; !isOver; before = seen.at(-1)?.id) {
        const entries = await fixture.audit.entries({ limit: 2, ...(before !== undefined && { before }) });
        seen.push(...entries);
        isOver = entries.length === 0;
      }
      expect(seen.flatMap(({ subject = '' }) => (pages.includes(subject) ? [subject] : [])).sort()).toEqual(pages);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    });

    test('writes an entry with a key once, at whatever time it comes again, and others beside it', async () => {
      await fixture.audit.append(entry(4_000, { subject: 'một lần', key: 'khóa-1' }));
      await Promise.all([
        fixture.audit.append(entry(5_000, { subject: 'một lần', key: 'khóa-1' })),
        fixture.audit.append(entry(5_000, { subject: 'một lần', key: 'khóa-2' })),
        fixture.audit.append(entry(5_000, { subject: 'một lần' })),
      ]);
      const seen = (await fixture.audit.entries({ limit: 20 })).filter(({ subject }) => subject === 'một lần');
      expect(seen.map(({ at }) => at).sort()).toEqual([4_000, 5_000, 5_000]);
      expect(seen.at(-1)).toEqual({ id: expect.any(String), ...entry(4_000, { subject: 'một lần' }) });
    });

    test('takes no entry without an actor', async () => {
      await expect(fixture.audit.append(entry(3_000, { actorId: '' }))).rejects.toThrow();
      await expect(fixture.audit.append(entry(3_000, { actorName: '' }))).rejects.toThrow();
    });
  });
}
