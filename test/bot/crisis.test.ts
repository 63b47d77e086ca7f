import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createChangeCrisis } from '../../src/bot/crisis/change-crisis.ts';
import { createCrisisAnswers } from '../../src/bot/crisis/crisis-answers.ts';
import type { CrisisFacts, CrisisMessage } from '../../src/bot/crisis/crisis-message.ts';
import type { CrisisRecords } from '../../src/bot/crisis/crisis-records.ts';
import { isElsewhere, matchQuestion } from '../../src/bot/crisis/match-crisis.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createSqliteCrisisRecords } from '../../src/integrations/storage/sqlite/crisis-records.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';
import { sampleCrisis, sampleCustomer } from '../support/sample-records.ts';
import { understandingOf } from '../support/understanding-of.ts';

const ID = 'web:main:khach';
const DUNG = { id: 'dung', name: 'Anh Dũng' };
const CODE = 'PB06010001234';
const utility = loadUtility();

describe('a crisis message', () => {
  let bot: TestBot;
  let crises: CrisisRecords;
  let isDown: boolean;

  beforeEach(() => {
    const db = openDatabase({ path: ':memory:' });
    crises = createSqliteCrisisRecords(db);
    isDown = false;
    const crisesInForce = (now: number) =>
      isDown ? Promise.reject(new Error('no primary')) : crises.crisesInForce(now);
    const customers = { customer: async () => undefined };
    const momentWords = () => 'sáng nay';
    const findCrisisAnswers = createCrisisAnswers({ ...utility, crises: { crisesInForce }, customers, momentWords });
    bot = buildBot(() => ({ findCrisisAnswers }), db);
  });
  afterEach(() => bot.close());

  const facts = (): CrisisFacts => ({
    ...{ state: 'published', title: 'Tin đồn', text: 'Không có chuyện đó ạ.', isDanger: false },
    questions: { intents: [], keywords: ['cắt điện 3 ngày'] },
    expiresAt: bot.clock.now() + 3_600_000,
  });
  const change = () => createChangeCrisis({ crises, clock: bot.clock, ids: bot.deps.ids });
  const publish = (more: Partial<CrisisFacts> = {}) => change().publish({ ...facts(), ...more }, DUNG);

  async function hear(text: string): Promise<string[]> {
    const before = bot.sent.length;
    await bot.hear(ID, text);
    await bot.bot.idle();
    return bot.sent.slice(before).map((message) => message.text);
  }
  const crisisWords = (text = 'Không có chuyện đó ạ.') => `crisis-message Tin đồn ${text} sáng nay`;

  test('is said before the ordinary answer, once, with its version as provenance', async () => {
    const { id } = await publish();
    expect(await hear('nghe nói cat dien 3 ngay hả')).toEqual([crisisWords(), 'đáp: nghe nói cat dien 3 ngay hả']);
    expect(await hear('cắt điện 3 ngày thiệt không')).toEqual(['đáp: cắt điện 3 ngày thiệt không']);
    const turns = await bot.deps.store.turns(ID, 0, 10);
    const cited = turns.flatMap(({ messages }) => messages.flatMap(({ provenance = [] }) => provenance));
    expect(cited).toEqual([
      { record: 'crisis', id, version: '1', asOf: '2026-11-22T02:00:00.000Z', contentVersion: 'fake-1' },
    ]);
  });

  test('is said again when it has changed, and no more when it is withdrawn or over', async () => {
    const first = await publish();
    await hear('cắt điện 3 ngày');
    const second = await change().change(first.id, 1, { ...facts(), text: 'Đã hỏi công an ạ.' }, DUNG);
    expect(await hear('cắt điện 3 ngày')).toEqual([crisisWords('Đã hỏi công an ạ.'), 'đáp: cắt điện 3 ngày']);
    await change().change(first.id, 2, { ...facts(), state: 'withdrawn' }, DUNG);
    const other = await publish({ text: 'Tin khác ạ.' });
    expect(second).toMatchObject({ result: 'changed', message: { version: 2 } });
    bot.clock.advance(3_600_000);
    expect(await hear('cắt điện 3 ngày')).toEqual(['đáp: cắt điện 3 ngày']);
    expect(await change().change(other.id, 1, facts(), DUNG)).toMatchObject({ result: 'ended' });
    expect(await change().change(first.id, 3, facts(), DUNG)).toMatchObject({ result: 'ended' });
  });

  test('never stands before words of danger, nor is it looked up for them', async () => {
    await publish({ questions: { intents: [], keywords: ['dây đứt'] } });
    isDown = true;
    expect(await hear('có dây đứt ngoài đường')).toEqual(['đáp: có dây đứt ngoài đường']);
    expect(bot.errors).toEqual([]);
  });

  test('keeps nobody from the answer when it cannot be looked up', async () => {
    await publish();
    isDown = true;
    expect(await hear('cắt điện 3 ngày')).toEqual(['đáp: cắt điện 3 ngày']);
    expect(bot.errors).toEqual([expect.stringContaining('Crisis messages could not be looked up.')]);
  });

  test('of a place is left out for whoever is known to live elsewhere, by the contract too', async () => {
    const find = createCrisisAnswers({
      ...utility,
      crises: { crisesInForce: async () => [near, far] },
      customers: { customer: async () => sampleCustomer({ code: CODE, commune: 'Bến Lức', province: 'Long An' }) },
      momentWords: String,
    });
    const questions = { intents: ['outage_planned'], keywords: [] };
    const near: CrisisMessage = sampleCrisis({
      id: 'A',
      questions,
      area: { province: 'Tây Ninh', places: ['Bến Lức'] },
    });
    const far: CrisisMessage = sampleCrisis({ id: 'B', questions, area: { province: 'Đồng Nai', places: [] } });
    const asked = understandingOf('lịch cúp điện', { intent: 'outage_planned' });
    const ids = async (known: Record<string, string>) => (await find(asked, known, 5_000)).map(({ id }) => id);
    expect(await ids({ customer_code: CODE })).toEqual(['A']);
    expect(await ids({ place: 'Trảng Bom / Đồng Nai' })).toEqual(['B']);
    expect(await ids({})).toEqual(['A', 'B']);
  });

  test('of a province is left out for whose contract lies in another, also when its commune is not known', async () => {
    const { commune: _, ...customer } = sampleCustomer({ code: CODE, province: 'Long An' });
    const questions = { intents: ['outage_planned'], keywords: [] };
    const inAreas = ['Đồng Nai', 'Tây Ninh'].map((province) =>
      sampleCrisis({ id: province, questions, area: { province, places: province === 'Tây Ninh' ? ['Bến Lức'] : [] } }),
    );
    const find = createCrisisAnswers({
      ...utility,
      crises: { crisesInForce: async () => inAreas },
      customers: { customer: async () => customer },
      momentWords: String,
    });
    const asked = understandingOf('lịch cúp điện', { intent: 'outage_planned' });
    expect((await find(asked, { customer_code: CODE }, 5_000)).map(({ id }) => id)).toEqual(['Tây Ninh']);
  });

  test.each([
    ['outage_planned', 'lịch sao', { intent: 'outage_planned' }],
    ['bill_lookup', 'cắt điện luân phiên hả', { keyword: 'cắt điện luân phiên' }],
    ['bill_lookup', 'cat dien luan phien', { keyword: 'cắt điện luân phiên' }],
    ['bill_lookup', 'cắt điện nhà ai', undefined],
  ])('asked of %s with "%s" is matched by %j', (intent, words, expected) => {
    const questions = { intents: ['outage_planned'], keywords: ['cắt điện luân phiên'] };
    expect(matchQuestion(questions, understandingOf(words, { intent }))).toEqual(expected);
  });

  test('does not go by an intent that is in doubt', () => {
    const doubtful = { ...understandingOf('điện', { intent: 'outage_planned' }), decision: 'clarify' as const };
    expect(matchQuestion({ intents: ['outage_planned'], keywords: [] }, doubtful)).toBeUndefined();
  });

  test.each([
    [{ province: 'Long An', places: [] }, 'Bến Lức / Tây Ninh', false],
    [{ province: 'Long An', places: [] }, 'Đồng Nai', true],
    [{ province: 'Long An', places: ['Thạnh Đức'] }, 'xã Thạnh Đức / Bến Lức / Long An', false],
    [{ province: 'Long An', places: ['Bến Lức'] }, 'xã Thạnh Đức / Bến Lức / Long An', false],
    [{ province: 'Long An', places: ['Thạnh Đức'] }, 'xã Long Định / Cần Đước / Long An', true],
    [{ province: 'Long An', places: ['Thạnh Đức'] }, 'Long Định', false],
  ])('for %j is no matter of %s: %s', (area, place, expected) => {
    expect(isElsewhere(area, place, utility.provinceNames)).toBe(expected);
  });
});
