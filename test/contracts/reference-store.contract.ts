import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ReferenceStore } from '../../src/integrations/channels/botframework/references.ts';
import { freshConversation } from '../support/sample-turn.ts';

/** What every `ReferenceStore` promises. */
export function referenceStoreContract(
  name: string,
  open: () => Promise<{ readonly store: ReferenceStore; close(): Promise<void> }>,
): void {
  describe(`${name} as a store of ways back`, () => {
    const fixture = {} as Awaited<ReturnType<typeof open>>;

    beforeAll(async () => void Object.assign(fixture, await open()));
    afterAll(() => fixture.close());

    test('keeps the newest way back to a customer', async () => {
      const customer = freshConversation('botframework');
      const first = {
        ...{ serviceUrl: 'https://one.example', channelId: 'msteams', conversationId: 'a:1' },
        ...{ botId: '28:bot', userId: '29:lan' },
      };
      expect(await fixture.store.find(customer)).toBeUndefined();
      await fixture.store.put(customer, first, 1);
      expect(await fixture.store.find(customer)).toEqual(first);
      const moved = { ...first, serviceUrl: 'https://two.example' };
      await fixture.store.put(customer, moved, 2);
      expect(await fixture.store.find(customer)).toEqual(moved);
    });
  });
}
