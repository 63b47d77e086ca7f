import { describe, expect, test } from '@jest/globals';
import { holdBack } from '../../scripts/nlu/hold-back.ts';
import type { Line } from '../../scripts/nlu/lint/lines.ts';
import { lonelyWords, sharedOwnWords } from '../../scripts/nlu/lint/lonely-words.ts';
import { misfits } from '../../scripts/nlu/lint/misfits.ts';
import { contradictions, nearCopies } from '../../scripts/nlu/lint/near-copies.ts';
import { hashWord } from '../../src/nlu/hash.ts';
import type { IntentData } from '../../src/nlu/load-intents.ts';
import { loadLists } from '../../src/nlu/load-model.ts';
import { fold } from '../../src/nlu/normalize.ts';
import { toSamples } from '../../src/nlu/train-model.ts';

const line = (intent: string, utterance: string): Line => ({
  intent,
  utterance,
  words: fold(utterance).split(' ').map(hashWord),
});

describe('near copies', () => {
  const copies = (first: string, second: string) => nearCopies([line('a', first), line('a', second)]);

  test('have the same words but for marks, or one more in six', () => {
    expect(copies('gạch nợ chưa', 'gach no chua')).toEqual(['a: gạch nợ chưa | gach no chua']);
    expect(copies('mai nhà tôi có cúp điện', 'mai nhà tôi có cúp điện không')).toHaveLength(1);
  });

  test('are none where the order says something else, nor where a short one says more', () => {
    expect(copies('có điện chưa', 'chưa có điện')).toEqual([]);
    expect(copies('bị báo nợ', 'bị báo nợ oan')).toEqual([]);
  });

  test('under two intents are a contradiction, and nothing else is', () => {
    const first = line('a', 'quên mật khẩu');
    expect(contradictions([first, line('b', 'quen mat khau')])).toEqual(['a: quên mật khẩu | b: quen mat khau']);
    expect(contradictions([first, line('a', 'quen mat khau'), line('b', 'quên mật khẩu zalo')])).toEqual([]);
  });
});

describe('words of one intent only', () => {
  const utterances = ['lắp solar', 'solar giá sao', 'hỏi solar'];
  const lines = [...utterances.map((utterance) => line('a', utterance)), line('b', 'lắp sao'), line('b', 'hỏi giá')];
  const intents = (ownWords: readonly string[]): IntentData[] => [
    { intent: 'a', utterances, own_words: ownWords },
    { intent: 'b', utterances: ['lắp sao', 'hỏi giá'] },
  ];

  test('are shown until their author names them', () => {
    expect(lonelyWords(lines, intents([]))).toEqual(['a: solar (in 3 utterances)']);
    expect(lonelyWords(lines, intents(['solar']))).toEqual([]);
  });

  test('are not named in vain', () => {
    expect(sharedOwnWords(lines, intents(['solar', 'giá', 'pin']))).toEqual(['a: giá', 'a: pin']);
  });
});

describe('what lies nearer to another intent', () => {
  const lists = loadLists();
  const places = ['sân', 'đường', 'nhà', 'chợ', 'hẻm', 'xóm', 'vườn', 'trường', 'đình', 'bến', 'cầu', 'chùa'];
  const wet = places.map((place) => `nước ngập ${place} rồi`);
  const dark = [...places.map((place) => `đèn tắt ${place} mình`), 'nước ngập ruộng rồi'];
  const intents = (borders: IntentData['borders']): IntentData[] => [
    { intent: 'wet', utterances: wet, borders },
    { intent: 'dark', utterances: dark },
  ];

  const misfitsOf = (data: readonly IntentData[]): string[] => misfits(data, toSamples(data, lists).samples);

  test('is shown until the border names it', () => {
    expect(misfitsOf(intents([]))).toEqual(['dark, taken for wet: nước ngập ruộng rồi']);
    expect(misfitsOf(intents([{ text: 'nước ngập ruộng rồi', intent: 'dark' }]))).toEqual([]);
  });

  test('is not learned from a border either while it is held back', () => {
    const named = intents(dark.map((text) => ({ text, intent: 'dark' })));
    const samples = [...wet, ...dark].map((_, group) => ({ group }));
    const { rest, held } = holdBack(named, samples, 0);
    const learned = rest.flatMap(({ borders = [] }) => borders.map(({ text }) => text));
    const own = held.filter(({ intent }) => intent === 'dark').map(({ utterance }) => utterance);
    expect(own.length).toBeGreaterThan(0);
    expect(learned).toEqual(dark.filter((text) => !own.includes(text)));
  });
});
