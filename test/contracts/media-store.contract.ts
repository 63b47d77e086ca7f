import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Clock, MediaStore } from '../../src/bot/ports.ts';

export interface MediaStoreFixture {
  readonly media: MediaStore;
  /** The same store, opened anew over what the first one has written. */
  reopen(): Promise<MediaStore>;
  /** Whether these bytes stand anywhere in what the store has written. */
  holds(bytes: Uint8Array): Promise<boolean>;
  close(): Promise<void>;
}

const KEY = { conversationId: 'zalo:oa:u1', seq: 3, number: 1 };
const PICTURE = { bytes: Buffer.from('the bytes of a picture'), mime: 'image/jpeg', extension: 'jpg' };
const LAN = { agentId: 'a1', agentName: 'Chị Lan' };

/** What every `MediaStore` promises. */
export function mediaStoreContract(name: string, open: (clock: Clock) => Promise<MediaStoreFixture>): void {
  describe(`${name} as a media store`, () => {
    let fixture: MediaStoreFixture;
    let media: MediaStore;
    let now = 1_000;

    beforeEach(async () => {
      now = 1_000;
      fixture = await open({ now: () => now });
      media = fixture.media;
    });
    afterEach(() => fixture.close());

    const states = async (id = KEY.conversationId) => (await media.records(id)).map(({ state }) => state);

    test('knows nothing of a file that never came', async () => {
      expect(await media.open(KEY)).toBeUndefined();
      expect(await media.records(KEY.conversationId)).toEqual([]);
      expect(await media.remove(KEY, LAN)).toBe(false);
    });

    test('brings back what was kept, also after a restart', async () => {
      await media.keep(KEY, PICTURE);
      const again = await fixture.reopen();
      expect(Buffer.from((await again.open(KEY))?.bytes ?? [])).toEqual(PICTURE.bytes);
      expect(await again.open(KEY)).toMatchObject({ mime: 'image/jpeg', extension: 'jpg' });
      expect(await again.records(KEY.conversationId)).toEqual([
        {
          seq: 3,
          number: 1,
          at: 1_000,
          state: 'kept',
          mime: 'image/jpeg',
          extension: 'jpg',
          size: PICTURE.bytes.length,
        },
      ]);
    });

    test('forgets a file as if it had never been', async () => {
      const other = { ...KEY, number: 2 };
      await media.keep(KEY, PICTURE);
      await media.keep(other, { ...PICTURE, bytes: Buffer.from('other bytes') });
      await media.forget(KEY);
      await media.forget(KEY);
      expect(await media.open(KEY)).toBeUndefined();
      expect(await media.records(KEY.conversationId)).toMatchObject([{ number: 2 }]);
      expect(await fixture.holds(PICTURE.bytes)).toBe(false);
      await media.keep(KEY, PICTURE);
      expect(await media.open(KEY)).toBeDefined();
    });

    test('keeps the same file once: the first one stays', async () => {
      await media.keep(KEY, PICTURE);
      now = 2_000;
      await media.keep(KEY, { ...PICTURE, bytes: Buffer.from('other bytes') });
      await media.keep(KEY, { missing: 'unreachable' });
      expect(Buffer.from((await media.open(KEY))?.bytes ?? [])).toEqual(PICTURE.bytes);
      expect(await media.records(KEY.conversationId)).toMatchObject([{ at: 1_000, state: 'kept' }]);
    });

    test('notes why a file is missing, and takes it when it comes after all', async () => {
      await media.keep(KEY, { missing: 'unreachable' });
      expect(await media.records(KEY.conversationId)).toEqual([
        { seq: 3, number: 1, at: 1_000, state: 'missing', reason: 'unreachable' },
      ]);
      expect(await media.open(KEY)).toBeUndefined();
      await media.keep(KEY, { missing: 'http_503' });
      expect(await media.records(KEY.conversationId)).toMatchObject([{ reason: 'http_503' }]);
      await media.keep(KEY, PICTURE);
      expect(await states()).toEqual(['kept']);
    });

    test('lists the files of one conversation in the order of its messages', async () => {
      await media.keep({ ...KEY, seq: 12 }, PICTURE);
      await media.keep({ ...KEY, seq: 3, number: 2 }, PICTURE);
      await media.keep(KEY, { missing: 'too_large' });
      await media.keep({ ...KEY, conversationId: 'zalo:oa:u2' }, PICTURE);
      expect((await media.records(KEY.conversationId)).map(({ seq, number }) => [seq, number])).toEqual([
        [3, 1],
        [3, 2],
        [12, 1],
      ]);
    });

    test('loses the bytes for good when a file is removed, and says who did it', async () => {
      await media.keep(KEY, PICTURE);
      expect(await fixture.holds(PICTURE.bytes)).toBe(true);
      now = 5_000;
      expect(await media.remove(KEY, LAN)).toBe(true);
      expect(await media.open(KEY)).toBeUndefined();
      expect(await fixture.holds(PICTURE.bytes)).toBe(false);
      expect(await media.records(KEY.conversationId)).toEqual([
        { seq: 3, number: 1, at: 1_000, state: 'removed', removedBy: 'Chị Lan', removedAt: 5_000 },
      ]);
      expect(await media.remove(KEY, { agentId: 'a2', agentName: 'Anh Nam' })).toBe(false);
    });

    test('never brings back a removed file, however often it is brought', async () => {
      await media.keep(KEY, PICTURE);
      await media.remove(KEY, LAN);
      await media.keep(KEY, PICTURE);
      await media.keep(KEY, { missing: 'unreachable' });
      expect(await states()).toEqual(['removed']);
      expect(await fixture.holds(PICTURE.bytes)).toBe(false);
    });

    test('removes one file and leaves its neighbours', async () => {
      await media.keep(KEY, PICTURE);
      await media.keep({ ...KEY, number: 2 }, PICTURE);
      await media.remove(KEY, LAN);
      expect(await states()).toEqual(['removed', 'kept']);
      expect(await media.open({ ...KEY, number: 2 })).toBeDefined();
    });

    test('forgets old files with their bytes, and keeps the young', async () => {
      await media.keep(KEY, PICTURE);
      now = 9_000;
      const young = { ...KEY, conversationId: 'zalo:oa:u2' };
      await media.keep(young, { ...PICTURE, bytes: Buffer.from('young') });
      expect(await media.prune(9_000)).toBe(1);
      expect(await media.records(KEY.conversationId)).toEqual([]);
      expect(await fixture.holds(PICTURE.bytes)).toBe(false);
      expect(await media.open(young)).toBeDefined();
      expect(await media.prune(9_000)).toBe(0);
    });
  });
}
