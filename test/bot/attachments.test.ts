import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BotDeps } from '../../src/bot/create-bot.ts';
import type { Attachment } from '../../src/bot/message.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';

const ID = 'web:main:khach';
const PICTURE: Attachment = { kind: 'image', url: 'https://files.example.vn/a.jpg' };
const STICKER: Attachment = { kind: 'sticker', ref: 's1' };

let bench: TestBot;
function start(change: (deps: BotDeps) => Partial<BotDeps> = () => ({})): void {
  bench = buildBot(change);
}
beforeEach(() => start());
afterEach(async () => {
  await bench.bot.idle();
  await bench.close();
});

async function send(attachments: readonly Attachment[], text?: string): Promise<void> {
  await bench.hear(ID, '', { content: { kind: 'customer_message', attachments, ...(text !== undefined && { text }) } });
  await bench.bot.idle();
}
const said = () => bench.sent.map(({ text }) => text);
const state = async () => (await bench.deps.store.head(ID))?.state;

describe('a message without words', () => {
  test('says that the bot cannot read it, and calls a human', async () => {
    await send([PICTURE]);
    expect(said()).toEqual(['attachment-received']);
    expect(await state()).toMatchObject({ holder: 'queue', handoffReason: 'attachment' });
  });

  test('is answered once for a whole album, and again later', async () => {
    await send([PICTURE]);
    await send([PICTURE]);
    await send([PICTURE]);
    expect(said()).toEqual(['attachment-received']);
    bench.clock.advance(60_000);
    await send([PICTURE]);
    expect(said()).toEqual(['attachment-received', 'attachment-received']);
  });

  test('that is but a sticker calls nobody', async () => {
    await send([STICKER]);
    expect(said()).toEqual(['sticker-received']);
    expect((await state())?.holder).toBe('bot');
  });

  test('goes to the human who reads the meter when a reading is asked for', async () => {
    start((deps) => ({ engine: { ...deps.engine, expects: () => ['meter_index'] } }));
    await send([PICTURE]);
    expect(said()).toEqual(['meter-picture-received']);
    expect(await state()).toMatchObject({ holder: 'queue', handoffReason: 'meter_picture' });
  });
});

describe('a picture of the request under way', () => {
  const KEPT = [{ kind: 'text', text: 'đã lưu ảnh' }] as const;

  test('is kept and calls nobody; the question is asked again, once for a whole album', async () => {
    start((deps) => ({ engine: { ...deps.engine, pictureKept: () => KEPT } }));
    await send([PICTURE]);
    await send([PICTURE]);
    expect(said()).toEqual(KEPT.map(({ text }) => text));
    expect((await state())?.holder).toBe('bot');
  });

  test('goes to a human when it comes with a sound, which somebody has to hear', async () => {
    start((deps) => ({ engine: { ...deps.engine, pictureKept: () => KEPT } }));
    await send([PICTURE, { kind: 'audio', url: 'https://files.example.vn/a.mp3' }]);
    expect(await state()).toMatchObject({ holder: 'queue', handoffReason: 'attachment' });
  });
});

describe('a shared location', () => {
  test('goes to the dialogs as a place, and calls nobody', async () => {
    await send([{ kind: 'location', latitude: 10.36543, longitude: 105.4321 }]);
    expect(said()).toEqual(['đáp: tọa độ 10.36543, 105.43210']);
    expect((await state())?.holder).toBe('bot');
  });

  test('without coordinates is but an attachment', async () => {
    await send([{ kind: 'location', name: 'Chợ Bến Lức' }]);
    expect(said()).toEqual(['attachment-received']);
  });
});

describe('a file that comes with words', () => {
  test('is answered by its words, and the bot says that it has not looked', async () => {
    await send([PICTURE], 'công tơ nhà em');
    expect(said()).toEqual(['đáp: công tơ nhà em', 'attachment-kept']);
    expect((await state())?.holder).toBe('bot');
  });

  test('goes to a human when the words are not understood', async () => {
    await send([PICTURE], '???');
    expect(await state()).toMatchObject({ holder: 'queue', handoffReason: 'attachment' });
  });

  test('says nothing of itself next to danger', async () => {
    await send([PICTURE], 'dây đứt');
    expect(said()).toEqual(['đáp: dây đứt']);
  });
});
