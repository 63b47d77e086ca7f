import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TelegramStore } from '../../src/integrations/channels/telegram/store.ts';
import { freshConversation } from '../support/sample-turn.ts';
import { buttonStoreTests } from './button-store.contract.ts';

/** What every `TelegramStore` promises. */
export function telegramStoreContract(
  name: string,
  open: () => Promise<{ readonly store: TelegramStore; close(): Promise<void> }>,
): void {
  describe(`${name} as a Telegram store`, () => {
    const fixture = {} as Awaited<ReturnType<typeof open>>;

    beforeAll(async () => void Object.assign(fixture, await open()));
    afterAll(() => fixture.close());

    buttonStoreTests(() => fixture.store);

    test('knows the parts that went through, and forgets them when they are old', async () => {
      const part = { conversationId: freshConversation('telegram'), seq: 2, part: 1 };
      expect(await fixture.store.sends.find(part)).toBeUndefined();
      await fixture.store.sends.put(part, '77', 1_000);
      await fixture.store.sends.put(part, '78', 1_000);
      expect(await fixture.store.sends.find(part)).toBe('77');
      expect(await fixture.store.sends.find({ ...part, part: 2 })).toBeUndefined();
      await fixture.store.prune(1_001, [freshConversation('telegram'), part.conversationId]);
      expect(await fixture.store.sends.find(part)).toBe('77');
      await fixture.store.prune(1_001);
      expect(await fixture.store.sends.find(part)).toBeUndefined();
    });

    test('greets a group once, also when two ask at the same time', async () => {
      const chat = freshConversation('group');
      const greeted = await Promise.all([1, 2].map((at) => fixture.store.groups.greet('bot', chat, at)));
      expect(greeted.filter(Boolean)).toHaveLength(1);
      expect(await fixture.store.groups.greet('other', chat, 3)).toBe(true);
    });
  });
}
