import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CannedChange, CannedChanges } from '../../src/integrations/agent-desk/canned-answers.ts';

/** What every `CannedChanges` promises. */
export function cannedChangesContract(
  name: string,
  open: () => Promise<{ readonly canned: CannedChanges; close(): Promise<void> }>,
): void {
  describe(`${name} as the changes of ready answers`, () => {
    let fixture: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    const change: CannedChange = {
      ...{ id: 'chao', title: 'Chào', text: 'Dạ em chào {ten_khach} ạ', isRemoved: false },
      ...{ changedBy: 'id-hanh', changedAt: 1_000 },
    };

    test('keeps the newest change of each answer', async () => {
      await fixture.canned.changeCanned(change);
      const later = { ...change, text: 'Dạ chào {ten_khach}', isRemoved: true, changedAt: 2_000 };
      await fixture.canned.changeCanned(later);
      await fixture.canned.changeCanned({ ...change, id: 'khac' });
      const known = await fixture.canned.cannedChanges();
      expect(known.filter(({ id }) => id === 'chao')).toEqual([later]);
      expect(known.filter(({ id }) => id === 'khac')).toHaveLength(1);
    });
  });
}
