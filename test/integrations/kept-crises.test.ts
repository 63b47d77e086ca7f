import { describe, expect, test } from '@jest/globals';
import type { CrisisMessage } from '../../src/bot/crisis/crisis-message.ts';
import { createLocalBannerNews } from '../../src/integrations/banner/banner-news.ts';
import { keepCrises } from '../../src/integrations/crisis/kept-crises.ts';
import { sampleCrisis } from '../support/sample-records.ts';

function open() {
  let stored: readonly CrisisMessage[] = [];
  let reads = 0;
  let time = 0;
  let answer: () => Promise<void> = async () => {};
  const news = createLocalBannerNews();
  const kept = keepCrises(
    {
      async crisesInForce() {
        reads += 1;
        const read = stored;
        await answer();
        return read;
      },
    },
    news,
    () => time,
  );
  const titles = async (now = 10) => (await kept.crisesInForce(now)).map(({ title }) => title);
  return {
    ...{ news, titles },
    reads: () => reads,
    /** As another node does. */
    store: (...titled: string[]) => {
      stored = titled.map((title, index) =>
        sampleCrisis({ id: title, title, updatedAt: 9 - index, expiresAt: 100, state: 'published' }),
      );
    },
    pass: (ms: number) => {
      time += ms;
    },
    hold: (how: () => Promise<void>) => {
      answer = how;
    },
  };
}

describe('crisis messages that are kept for the turns of a node', () => {
  test('are read once for many turns, and drop what expires meanwhile', async () => {
    const { store, titles, reads } = open();
    store('một', 'hai');
    expect([await titles(), await titles(), await titles()]).toEqual(Array(3).fill(['một', 'hai']));
    expect(await titles(100)).toEqual([]);
    expect(reads()).toBe(1);
  });

  test('are read anew when somebody has published, and without any news a second later', async () => {
    const { store, titles, news, pass } = open();
    expect(await titles()).toEqual([]);
    store('một');
    expect(await titles()).toEqual([]);
    news.tell();
    expect(await titles()).toEqual(['một']);
    store();
    pass(999);
    expect(await titles()).toEqual(['một']);
    pass(1);
    expect(await titles()).toEqual([]);
  });

  test('are read anew by whoever comes after the news, although an older reading is not through yet', async () => {
    const { store, titles, news, hold } = open();
    let goOn = () => {};
    hold(
      () =>
        new Promise((resolve) => {
          goOn = resolve;
        }),
    );
    const older = titles();
    const letOlderGo = goOn;
    store('một');
    hold(async () => {});
    news.tell();
    expect(await titles()).toEqual(['một']);
    letOlderGo();
    expect(await older).toEqual([]);
    expect(await titles()).toEqual(['một']);
  });

  test('that could not be read are not kept', async () => {
    const { store, titles, hold } = open();
    hold(() => Promise.reject(new Error('The database is away.')));
    await expect(titles()).rejects.toThrow('away');
    hold(async () => {});
    store('một');
    expect(await titles()).toEqual(['một']);
  });
});
