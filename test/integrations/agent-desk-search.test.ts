import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { excerptOf } from '../../src/integrations/agent-desk/excerpt.ts';
import { searchWords } from '../../src/integrations/agent-desk/search-words.ts';
import { playScene, SCENE, sceneRecords } from '../support/desk-scene.ts';
import { type DeskServer, startDesk } from '../support/desk-server.ts';

describe('the search of the desk', () => {
  let desk: DeskServer;

  beforeAll(async () => {
    desk = await startDesk({ records: sceneRecords(Date.UTC(2026, 10, 22, 3)) });
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    await desk.addAgent('vy', 'Chị Vy', 'admin');
    playScene(desk);
  });
  afterAll(() => desk.close());

  const search = async (text: string, login = 'lan') =>
    (await (await desk.as(login)).post('/desk/api/search', { text })).json();

  test('finds a conversation without marks and shows where the words stand', async () => {
    const { conversations, isComplete } = await search('MAT DIEN tu sáng');
    expect(isComplete).toBe(true);
    expect(conversations).toEqual([
      expect.objectContaining({ conversationId: SCENE.outage, channel: 'zalo', holder: 'queue' }),
    ]);
    const marked = conversations[0].message.excerpt.filter(({ isMatch }: { isMatch: boolean }) => isMatch);
    expect(marked.map(({ text }: { text: string }) => text)).toEqual(['mất', 'điện', 'từ', 'sáng']);
  });

  test.each([
    ['lan', 'T*** T*** B*** T***', 'Phường Cao Lãnh, Đồng Tháp'],
    ['hanh', 'Trần Thị Bích Thuỷ', '12/3 Nguyễn Trãi, Phường Cao Lãnh, Đồng Tháp'],
    ['vy', 'Trần Thị Bích Thuỷ', '12/3 Nguyễn Trãi, Phường Cao Lãnh, Đồng Tháp'],
  ])('shows customers to %s as far as the role goes, and the phone whole to nobody', async (login, name, address) => {
    const { customers } = await search('bích thủy', login);
    expect(customers).toEqual([
      { customerCode: 'PB06010001234', customer: expect.objectContaining({ name, address, phone: '*******678' }) },
    ]);
  });

  test('masks phones in the words of tickets and messages', async () => {
    desk.conversations.add('web:main:v_phone', {
      messages: [{ author: 'customer', content: { text: 'tủ điện cũ, gọi 0987.654.321 cho tôi' } }],
    });
    const { tickets, conversations } = await search('tủ điện');
    expect(tickets[0]).toMatchObject({ number: 'SC261122-4K7Q2', conversationId: SCENE.emergency });
    expect(tickets[0].summary).toBe('Tủ điện bốc khói, khách gọi từ *******678');
    const written = JSON.stringify(conversations);
    expect(written).toContain('*******321');
    expect(written).not.toContain('987');
  });

  test('says when there was no time to look through everything', async () => {
    desk.search.setComplete(false);
    expect((await search('điện')).isComplete).toBe(false);
    desk.search.setComplete(true);
  });

  test('finds nothing for nothing, and refuses what is too long', async () => {
    expect(await search(' … ')).toMatchObject({ conversations: [], customers: [], tickets: [] });
    const response = await (await desk.as('lan')).post('/desk/api/search', { text: 'a'.repeat(201) });
    expect(response.statusCode).toBe(400);
  });

  test('writes into no log what was searched', async () => {
    await search('Trần Thị Bích Thuỷ 0912345678');
    expect(desk.logged.join('')).not.toMatch(/Bích|0912345678/);
  });
});

describe('the words of a search', () => {
  test.each([
    ['Cúp  ĐIỆN!', 'cup dien'],
    ['gọi +84 912 345 678', 'goi 0912345678'],
    ['0912.345-678', '0912345678'],
    ['PB06-0100', 'pb06 0100'],
    ['?!', ''],
    ['một hai ba bốn năm sáu bảy tám chín mười', 'mot hai ba bon nam sau bay tam'],
  ])('of "%s" are "%s"', (typed, words) => {
    expect(searchWords(typed).join(' ')).toBe(words);
  });
});

describe('an excerpt', () => {
  const long = Array.from({ length: 60 }, (_, index) => (index === 40 ? 'cúp điện' : `chữ${index}`)).join(', ');
  const wordsOf = (text: string, typed: string) =>
    excerptOf(text, searchWords(typed))
      .map(({ text: part, isMatch }) => (isMatch ? `[${part}]` : part))
      .join('');

  test('of a short text is all of it, with its marks', () => {
    expect(wordsOf('Nhà bị cúp điện, cúp hoài!', 'cup di')).toBe('Nhà bị [cúp] [điện], [cúp] hoài!');
  });

  test('of a long text is where the words are, cut on both sides', () => {
    expect(wordsOf(long, 'cup dien')).toMatch(/^… chữ34, .*\[cúp\] \[điện\], .*chữ5\d …$/);
  });

  test('begins at the beginning when the words are not there as they stand', () => {
    expect(wordsOf('một hai', 'ba')).toBe('một hai');
    expect(wordsOf('', 'ba')).toBe('');
  });
});
