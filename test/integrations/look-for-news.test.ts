import { expect, test } from '@jest/globals';
import type { Wakeup } from '../../src/bot/ports.ts';
import { createNewsLook } from '../../src/integrations/look-for-news.ts';
import { createManualClock } from '../support/manual-clock.ts';

test('wakes once for each turn of another node, also when more conversations move than any list shows', async () => {
  const clock = createManualClock();
  const moved = new Map(Array.from({ length: 1_200 }, (_, index) => [`web:main:khach-${index}`, 1]));
  const asked: number[] = [];
  const woken: Wakeup[] = [];
  const news = createNewsLook({
    views: {
      async movedSince(at) {
        asked.push(at);
        return [...moved].map(([conversationId, version]) => ({ conversationId, version }));
      },
    },
    wake: (wakeup) => woken.push(wakeup),
    clock,
  });
  await news.look();
  expect(new Set(woken.map(({ conversationId }) => conversationId)).size).toBe(1_200);
  woken.length = 0;
  moved.set('web:main:khach-1199', 2);
  await news.look();
  expect(woken).toEqual([{ conversationId: 'web:main:khach-1199', version: 2 }]);
  expect(asked.every((at) => at < clock.now())).toBe(true);
});
