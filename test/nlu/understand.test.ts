import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadIntents } from '../../src/nlu/load-intents.ts';
import { loadOrTrainModel } from '../../src/nlu/load-model.ts';
import type { NluModel } from '../../src/nlu/nlu-model.ts';
import { saidBySigns } from '../../src/nlu/said-by-signs.ts';
import { trainModel } from '../../src/nlu/train-model.ts';
import { createUnderstand } from '../../src/nlu/understand.ts';
import { NO_INTENT, type Understand } from '../../src/nlu/understanding.ts';

const NOW = Date.parse('2026-11-22T04:00:00Z');
const SMALL_SET = join(import.meta.dirname, '..', 'fixtures', 'nlu', 'small-set');

let folder: string;
let model: NluModel;
let understand: Understand;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nlu-'));
  model = loadOrTrainModel({ intentsFolder: SMALL_SET, cacheFile: join(folder, 'model.bin') });
  understand = createUnderstand(model);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a catalogue of another trade', () => {
  const cities = [
    'Hà Nội',
    'Đà Nẵng',
    'Cần Thơ',
    'Nha Trang',
    'Huế',
    'Vinh',
    'Đà Lạt',
    'Pleiku',
    'Côn Đảo',
    'Quy Nhơn',
  ];
  const flights = [
    { intent: 'flight', utterances: cities.map((city) => `cho tôi xem các chuyến bay đến ${city} sáng mai`) },
    { intent: 'airfare', utterances: cities.map((city) => `giá vé một chiều đi ${city} là bao nhiêu tiền`) },
    {
      intent: 'flight#airfare',
      utterances: cities.slice(0, 4).map((city) => `các chuyến bay và giá vé đến ${city}`),
    },
    { intent: 'abbreviation', utterances: ['mã qx trên vé viết tắt của chữ gì'] },
  ];

  test.each([
    ['cho tôi xem các chuyến bay đến Phú Quốc tối nay', 'flight'],
    ['gia ve mot chieu di Phu Quoc la bao nhieu', 'airfare'],
    ['các chuyến bay và giá vé đến Phú Quốc', 'flight#airfare'],
    ['mã ap trên vé viết tắt của chữ gì', 'abbreviation'],
    ['máy bay bốc cháy, dây điện đứt, cho tôi xem các chuyến bay đến Huế', 'flight'],
    ['zxcv', expect.any(String)],
  ])('names the likeliest intent of "%s", rejected or not', (utterance, intent) => {
    const knows = createUnderstand(trainModel(flights, { seed: 1, lists: model.lists }));
    expect(knows(utterance, { now: NOW }).alternatives[0]?.intent).toEqual(intent);
  });
});

describe('understand', () => {
  test.each([
    ['coi giùm chị tiền điện tháng rồi', 'bill_lookup'],
    ['coi gium chi tien dien thang roi', 'bill_lookup'],
    ['nhà tui cúp điện nãy giờ', 'outage_report'],
    ['cho gặp nhân viên', 'talk_to_human'],
    ['TRỤ ĐIỆN XẸT LỬA KÌA', 'safety_emergency'],
  ])('knows what "%s" wants', (utterance, intent) => {
    expect(understand(utterance, { now: NOW })).toMatchObject({ intent, decision: 'accept' });
  });

  test('hears no second request in a code with a word before it', () => {
    const codes = ['mã PB06010001234', 'mã PB06010001234 nha', 'coi giùm mã PB06010001234', 'mã nè PB06010001234'];
    const intents = loadIntents(SMALL_SET).map((data) =>
      data.intent === 'bill_lookup'
        ? { ...data, utterances: [...codes, ...codes, ...codes, ...data.utterances] }
        : data,
    );
    const known = createUnderstand(trainModel(intents, { seed: 1, lists: model.lists }));
    expect(known('mã PB06010001234', { now: NOW }).intent).toBe('bill_lookup');
    const message = 'nhà tui cúp điện nãy giờ, mã PB06010001234';
    expect(known(message, { now: NOW })).toMatchObject({ intent: 'outage_report' });
    expect(known(message, { now: NOW }).secondIntent).toBeUndefined();
  });

  test.each(['xin giấy phép xây dựng', 'qwerty asdf zxcv', '', '😀😀', 'giá vàng hôm nay'])(
    'does not accept "%s"',
    (utterance) => {
      expect(understand(utterance, { now: NOW })).toMatchObject({ intent: NO_INTENT, decision: 'reject' });
    },
  );

  test('puts danger first, whatever else is asked', () => {
    const found = understand('tiền điện tháng này bao nhiêu, mà trụ điện đang xẹt lửa kìa', { now: NOW });
    expect(found).toMatchObject({ intent: 'safety_emergency', emergency: true, decision: 'accept' });
  });

  test('gives the entities with the intent', () => {
    const found = understand('mã PB06010001234 tháng 7 hết bao nhiêu tiền điện', { now: NOW });
    expect(found.entities.map(({ type, value }) => [type, value])).toEqual([
      ['customer_code', 'PB06010001234'],
      ['billing_period', '2026-07'],
    ]);
  });
});

describe('a message without words', () => {
  test('says what its first known sign stands for', () => {
    const signs = model.lists.spellings;
    expect([saidBySigns('🙏❤️', signs), saidBySigns('❤️❤️', signs), saidBySigns('😀 👋🏻', signs)]).toEqual([
      'cảm ơn',
      'cảm ơn',
      'xin chào',
    ]);
    expect([saidBySigns('😀', signs), saidBySigns('', signs), saidBySigns('\ud83d', signs)]).toEqual(
      Array(3).fill(undefined),
    );
  });

  test('means what its words would mean', () => {
    const { intent, alternatives } = understand('cảm ơn', { now: NOW });
    expect(understand('🙏❤️', { now: NOW })).toMatchObject({ utterance: '🙏❤️', intent, alternatives, entities: [] });
  });

  test('is none where words stand beside the signs', () => {
    const { intent } = understand('nhà tui cúp điện nãy giờ', { now: NOW });
    expect(understand('🙏 nhà tui cúp điện nãy giờ', { now: NOW })).toMatchObject({ intent });
  });
});

describe('the model file', () => {
  test('gives the same answers as the model that was trained', () => {
    const loaded = createUnderstand(
      loadOrTrainModel({ intentsFolder: SMALL_SET, cacheFile: join(folder, 'model.bin') }),
    );
    const said = 'xem dùm tien dien thang nay';
    expect(loaded(said, { now: NOW })).toEqual(understand(said, { now: NOW }));
  });

  test('is not trained again while its data stay the same, and is when they change', () => {
    const trainings: string[] = [];
    const files = (intentsFolder: string) => ({
      intentsFolder,
      cacheFile: join(folder, 'model.bin'),
      onTraining: () => trainings.push(intentsFolder),
    });
    loadOrTrainModel(files(SMALL_SET));
    expect(trainings).toEqual([]);
    const other = mkdtempSync(join(folder, 'data-'));
    for (const name of ['greeting.yaml', 'talk_to_human.yaml'])
      writeFileSync(join(other, name), readFileSync(join(SMALL_SET, name)));
    expect(loadOrTrainModel(files(other)).intents).toEqual(['greeting', 'talk_to_human']);
    expect(trainings).toEqual([other]);
  });

  test('is made anew when it is damaged', () => {
    const cacheFile = join(folder, 'damaged.bin');
    writeFileSync(cacheFile, 'LNGM and then nonsense');
    expect(loadOrTrainModel({ intentsFolder: SMALL_SET, cacheFile }).intents).toEqual(model.intents);
  });

  test('has the same bytes for the same data and seed', () => {
    const files = [join(folder, 'one.bin'), join(folder, 'two.bin')];
    for (const cacheFile of files) loadOrTrainModel({ intentsFolder: SMALL_SET, cacheFile });
    const [one, two] = files.map((file) => readFileSync(file));
    expect(one?.equals(two as Buffer)).toBe(true);
  });
});
