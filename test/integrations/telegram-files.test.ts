import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { flatPicture } from '../support/pictures.ts';
import { refusal } from '../support/telegram/fake-telegram.ts';
import { startTelegramBench, type TelegramBench } from '../support/telegram/telegram-bench.ts';

let bench: TelegramBench;
beforeEach(async () => {
  bench = await startTelegramBench();
});
afterEach(() => bench.stop());

const bring = (ref: string) => bench.channel.bring({ kind: 'image', ref });

describe('a file of a Telegram chat', () => {
  test('is brought by its id: first its path, then its bytes', async () => {
    bench.telegram.files.set('photos/file_7.png', await flatPicture(8));
    expect(await bring('photos/file_7.png')).toMatchObject({ kind: 'media', media: { mime: 'image/jpeg' } });
    expect(bench.telegram.calls.map(({ method }) => method)).toEqual(['getFile']);
  });

  test('that Telegram no longer has, or that is too large for it, is not asked for again', async () => {
    expect(await bring('gone')).toEqual({ kind: 'refused', reason: 'not_there' });
    bench.telegram.next('getFile', refusal(400, 'Bad Request: file is too big'));
    expect(await bring('film')).toEqual({ kind: 'refused', reason: 'too_large' });
    expect(await bench.channel.bring({ kind: 'image' })).toEqual({ kind: 'refused', reason: 'not_there' });
  });

  test('comes later when Telegram is busy or silent', async () => {
    bench.telegram.next('getFile', refusal(429, 'Too Many Requests'));
    expect(await bring('a')).toEqual({ kind: 'failed', reason: 'telegram_429' });
    bench.telegram.next('getFile', { page: 502 });
    expect(await bring('a')).toEqual({ kind: 'failed', reason: 'unreachable' });
  });

  test.each(['../../bot1:x/getMe', '/etc/passwd', 'http://127.0.0.1/x', 'a/../b'])(
    'with the path %s leads nowhere',
    async (path) => {
      bench.telegram.files.set(path, await flatPicture(8));
      expect(await bring(path)).toEqual({ kind: 'refused', reason: 'not_there' });
    },
  );

  test('leaves the token in no log and no answer', async () => {
    const results = [await bring('gone'), await bring('../x')];
    expect(JSON.stringify([results, bench.log])).not.toContain(bench.telegram.token);
  });
});
