import { expect, test } from '@jest/globals';
import { walkConversation } from './walks/walk-conversation.ts';

const WALKS = 10_000;

test(`${WALKS} random conversations, agents and files among them, never throw, fall silent, speak over an agent, show a brace or ask for what they have, and can always be ended`, async () => {
  let taken = 0;
  const faults: string[] = [];
  for (let seed = 1; seed <= WALKS; seed += 1) {
    const { wasTaken, fault } = await walkConversation(seed);
    taken += wasTaken ? 1 : 0;
    if (fault !== undefined) {
      faults.push(`Walk ${seed}: ${fault}`);
    }
  }
  expect(faults.slice(0, 3)).toEqual([]);
  expect(taken).toBeGreaterThan(WALKS / 2);
});
