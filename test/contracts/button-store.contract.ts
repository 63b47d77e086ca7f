import { expect, test } from '@jest/globals';
import type { ButtonStore } from '../../src/integrations/channels/zalo/store.ts';
import { freshConversation } from '../support/sample-turn.ts';

/** What every channel's store promises of its buttons. */
export function buttonStoreTests(
  storeOf: () => { readonly buttons: ButtonStore; prune(before: number, except?: readonly string[]): Promise<number> },
): void {
  test('knows what a button stands for in its conversation, from the first time on', async () => {
    const { buttons, prune } = storeOf();
    const id = freshConversation();
    const yes = { value: 'yes', label: 'Có ạ' };
    await buttons.put(id, new Map([['b1', yes]]), 1_000);
    await buttons.put(id, new Map(Object.entries({ b1: { value: 'no', label: 'Không' }, b2: yes })), 2_000);
    expect(await buttons.find(id, 'b1')).toEqual(yes);
    expect(await buttons.find(id, 'b2')).toEqual(yes);
    expect(await buttons.find(freshConversation(), 'b1')).toBeUndefined();
    await prune(1_500, [id]);
    expect(await buttons.find(id, 'b1')).toEqual(yes);
    await prune(1_500);
    expect(await buttons.find(id, 'b1')).toBeUndefined();
    expect(await buttons.find(id, 'b2')).toEqual(yes);
  });
}
