import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AgentSlots } from '../../src/bot/ports.ts';

export interface AgentSlotsFixture {
  readonly slots: AgentSlots;
  close(): Promise<void>;
}

/** What every `AgentSlots` promises. */
export function agentSlotsContract(name: string, open: () => Promise<AgentSlotsFixture>): void {
  describe(`${name} as the slots of agents`, () => {
    let fixture: AgentSlotsFixture;
    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(() => fixture.close());

    const take = (agentId: string, token: string, limit = 2, at = 1_000) =>
      fixture.slots.take({ agentId, token, conversationId: `web:main:${token}`, at }, limit);

    test('gives each agent as many slots as the limit says', async () => {
      expect([await take('lan', 'a'), await take('lan', 'b'), await take('lan', 'c')]).toEqual([true, true, false]);
      expect(await take('minh', 'c')).toBe(true);
    });

    test('never gives more, however many ask at once', async () => {
      const tokens = Array.from({ length: 10 }, (_, index) => `t${index}`);
      const results = await Promise.all(tokens.map((token) => take('lan', token, 3)));
      expect(results.filter((isTaken) => isTaken)).toHaveLength(3);
    });

    test('gives the same token its slot again, also when all are taken', async () => {
      await take('lan', 'a', 1);
      expect(await take('lan', 'a', 1)).toBe(true);
      expect(await take('lan', 'b', 1)).toBe(false);
    });

    test('has room again when a slot is freed, and frees nothing else', async () => {
      await take('lan', 'a');
      await take('lan', 'b');
      await fixture.slots.free('a');
      await fixture.slots.free('a');
      expect([await take('lan', 'c'), await take('lan', 'd')]).toEqual([true, false]);
    });

    test('holds to a limit that has become smaller', async () => {
      await take('lan', 'a', 3);
      await take('lan', 'b', 3);
      await take('lan', 'c', 3);
      await fixture.slots.free('a');
      expect(await take('lan', 'd', 2)).toBe(false);
    });

    test('lists what has been taken for long, oldest first', async () => {
      await take('lan', 'new', 3, 3_000);
      await take('lan', 'old', 3, 1_000);
      await take('minh', 'older', 3, 500);
      expect((await fixture.slots.taken(3_000, 10)).map(({ token }) => token)).toEqual(['older', 'old']);
      expect(await fixture.slots.taken(3_000, 1)).toEqual([
        { agentId: 'minh', token: 'older', conversationId: 'web:main:older', at: 500 },
      ]);
    });
  });
}
