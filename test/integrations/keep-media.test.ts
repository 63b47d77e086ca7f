import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Attachment } from '../../src/bot/message.ts';
import type { MediaStore } from '../../src/bot/ports.ts';
import { createKeepMedia } from '../../src/integrations/media/keep-media.ts';
import type { BringMedia, MediaResult } from '../../src/integrations/media/media.ts';
import { createSqliteMediaStore } from '../../src/integrations/storage/sqlite/media-store.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';

const ID = 'web:main:khach';
const PICTURE: Attachment = { kind: 'image', url: 'https://files.example.vn/a.jpg' };
const BROUGHT: MediaResult = {
  kind: 'media',
  media: { bytes: Buffer.from('a picture'), mime: 'image/jpeg', extension: 'jpg' },
};

let folder: string;
let bench: TestBot;
let media: MediaStore;
let asked: string[];
/** What the channel brings next; a promise holds it back. */
let coming: (MediaResult | Promise<MediaResult>)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keep-media-'));
  asked = [];
  coming = [];
  const bring: BringMedia = async ({ url, ref }) => {
    asked.push(url ?? ref ?? '');
    return coming.shift() ?? BROUGHT;
  };
  bench = buildBot((deps) => ({
    effects: {
      ...deps.effects,
      keep_media: (...args) => keep(...args),
    },
  }));
  media = createSqliteMediaStore(bench.db, { folder, clock: bench.clock });
  const keep = createKeepMedia({ media, bringers: new Map([['web', bring]]), events: bench.deps.events });
});
afterEach(async () => {
  await bench.bot.idle();
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

const send = (attachments: readonly Attachment[], text?: string) =>
  bench.hear(ID, '', { content: { kind: 'customer_message', ...(text !== undefined && { text }), attachments } });
const states = async () => (await media.records(ID)).map(({ seq, number, state }) => [seq, number, state]);

describe('a file that a customer sends', () => {
  test('is brought once its message is kept, and found by the number of the message', async () => {
    await send([PICTURE]);
    await bench.bot.idle();
    expect(await states()).toEqual([[1, 1, 'kept']]);
    expect(Buffer.from((await media.open({ conversationId: ID, seq: 1, number: 1 }))?.bytes ?? []).toString()).toBe(
      'a picture',
    );
  });

  test('does not keep the channel waiting for its answer', async () => {
    let release = (_: MediaResult) => {};
    coming.push(new Promise((resolve) => (release = resolve)));
    expect(await send([PICTURE])).toBe('stored');
    expect(await states()).toEqual([]);
    release(BROUGHT);
    await bench.bot.idle();
    expect(await states()).toEqual([[1, 1, 'kept']]);
  });

  test('comes with words, several at once, and places and stickers are no files', async () => {
    await send(
      [
        { kind: 'location', latitude: 10, longitude: 106 },
        PICTURE,
        { kind: 'sticker', url: 'x' },
        { kind: 'audio', ref: 'f1' },
      ],
      'đây ạ',
    );
    await bench.bot.idle();
    expect(asked).toEqual([PICTURE.url, 'f1']);
    expect(await states()).toEqual([
      [1, 2, 'kept'],
      [1, 4, 'kept'],
    ]);
  });

  test('is tried again while nobody answers, and the desk sees why it is not there', async () => {
    coming.push({ kind: 'failed', reason: 'unreachable' });
    await send([PICTURE]);
    await bench.bot.idle();
    expect(await media.records(ID)).toMatchObject([{ state: 'missing', reason: 'unreachable' }]);
    expect(bench.errors.join()).toContain('An effect failed.');
    expect(bench.errors.join()).not.toContain('files.example.vn');
    bench.clock.advance(1_000);
    await bench.bot.sweep();
    await bench.bot.idle();
    expect(await states()).toEqual([[1, 1, 'kept']]);
    expect(asked).toHaveLength(2);
  });

  test('that is refused is not asked for again', async () => {
    coming.push({ kind: 'refused', reason: 'too_large' });
    await send([PICTURE]);
    await bench.bot.idle();
    bench.clock.advance(3_600_000);
    await bench.bot.sweep();
    await bench.bot.idle();
    expect(await media.records(ID)).toMatchObject([{ state: 'missing', reason: 'too_large' }]);
    expect(asked).toHaveLength(1);
  });

  test('that an agent has removed does not come back', async () => {
    await send([PICTURE]);
    await bench.bot.idle();
    await media.remove({ conversationId: ID, seq: 1, number: 1 }, { agentId: 'a', agentName: 'Lan' });
    await bench.deps.effects.keep_media(
      {
        key: `${ID}/1/1`,
        conversationId: ID,
        at: 0,
        request: { kind: 'keep_media', seq: 1, number: 1, attachment: PICTURE },
      },
      { kind: 'keep_media', seq: 1, number: 1, attachment: PICTURE },
    );
    expect(await states()).toEqual([[1, 1, 'removed']]);
  });

  test('holds up nothing else that the conversation has asked for', async () => {
    let release = (_: MediaResult) => {};
    coming.push(new Promise((resolve) => (release = resolve)));
    await send([PICTURE]);
    const otp = { kind: 'send_otp', customerCode: 'PB1', challengeId: 'c', phone: '0900000000' } as const;
    const head = await bench.deps.store.head(ID);
    if (head === undefined) {
      throw new Error('There is no turn.');
    }
    const version = head.version + 1;
    const key = `${ID}/${version}/1`;
    await bench.deps.store.commit({
      ...head,
      ...{
        version,
        id: 'other',
        handles: ['x'],
        messages: [],
        effects: [{ key, conversationId: ID, at: head.at, request: otp }],
      },
    });
    await bench.bot.sweep();
    await expect(effectIsDone(key)).resolves.toBe(true);
    release(BROUGHT);
  });
});

/** Waits until the effect is no longer due; the test's time limit ends it. */
async function effectIsDone(key: string): Promise<boolean> {
  for (;;) {
    const due = await bench.deps.work.effectsDue({ now: bench.clock.now(), limit: 10, conversationId: ID });
    if (!due.some((effect) => effect.key === key)) {
      return true;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
