import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { detectAnger } from '../../src/nlu/detect-anger.ts';

interface Sample {
  readonly text: string;
  readonly style: string;
}

const FIXTURES = join(import.meta.dirname, '../fixtures/nlu');
const ours = (load(readFileSync(join(FIXTURES, 'heldout-styles.yaml'), 'utf8')) as { heldout: Sample[] }).heldout;
const strangers = readFileSync(join(FIXTURES, 'strangers.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Sample);

/** How many of the angry and of the calm messages are taken for angry. */
function score(samples: readonly Sample[]) {
  const angry = samples.filter(({ style }) => style === 'angry');
  const calm = samples.filter(({ style }) => style !== 'angry');
  const share = (some: readonly Sample[]) => some.filter(({ text }) => detectAnger(text)).length / some.length;
  return { heard: share(angry), false: share(calm) };
}

describe('anger in messages', () => {
  test('of our own held-out set is heard in three of five, and in one calm message of two hundred at most', () => {
    const { heard, false: wrong } = score(ours);
    expect(heard).toBeGreaterThan(0.6);
    expect(wrong).toBeLessThan(0.005);
  });

  // Many that are marked angry ask in calm words, so less than half is heard; to miss one costs nothing.
  test('of a stranger is heard in two of five, and in one calm message of a hundred at most', () => {
    const { heard, false: wrong } = score(strangers);
    expect(heard).toBeGreaterThan(0.4);
    expect(wrong).toBeLessThan(0.01);
  });

  test.each(['Bực mình quá', 'buc minh qua', 'LÀM ĂN KIỂU GÌ VẬY', 'bot ngu quá', 'mày là con bot', 'vcl tiền điện'])(
    'is in "%s"',
    (text) => expect(detectAnger(text)).toBe(true),
  );

  test.each([
    'may giat nha toi hu',
    'Bên mình có bán máy phát điện không',
    'ben minh co ban may phat dien khong',
    'cho ma PB06010001234',
    'Mấy giờ có điện lại???',
    'CHO TOI HOI TIEN DIEN THANG 10',
    'tôi muốn khiếu nại hóa đơn tháng 9',
  ])('is not in "%s"', (text) => expect(detectAnger(text)).toBe(false));
});
