import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stageClock } from '../../scripts/stage-clock.ts';
import type { LearningAnswer } from '../../src/integrations/agent-desk/desk-api/learning.ts';
import type { Understand } from '../../src/nlu/understanding.ts';
import { bundleDesk } from '../support/bundle-desk.ts';
import { openPage, PHONE, withBrowser } from '../support/chromium.ts';
import { type DeskServer, startDesk } from '../support/desk-server.ts';
import { fakeUnderstand } from '../support/fake-engine.ts';
import { logInDesk } from '../support/log-in-desk.ts';
import { seriousFaults } from '../support/serious-faults.ts';

const LAPTOP = { width: 1280, height: 720 };
const TIMEOUT_MS = 60_000;
const TALK = 'web:main:v_hoc00001';
const OTHER_TALK = 'zalo:oa1:7013990001';

const understand: Understand = (utterance, context) => ({
  ...fakeUnderstand(utterance, context),
  alternatives: [
    { intent: 'outage_report', confidence: 0.41 },
    { intent: 'bill_lookup', confidence: 0.2 },
  ],
});

const bundle = bundleDesk();

describe('what the bot did not understand', () => {
  let desk: DeskServer;

  beforeEach(async () => {
    const now = stageClock.now();
    desk = await startDesk({ pagesFolder: bundle.folder, understand });
    desk.clock.advance(now - desk.clock.now());
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    desk.conversations.add(TALK, {
      messages: [
        { author: 'customer', content: { text: 'Sao cái nhà tối thui vậy, gọi chị 0912345678' } },
        { author: 'bot', reply: { kind: 'text', text: 'Mình chưa rõ ý anh/chị ạ.' } },
      ],
      state: { holder: 'queue', waitingSince: desk.clock.now() },
    });
    for (const [conversationId, text] of [
      [TALK, 'tối thui rồi nè'],
      [OTHER_TALK, 'Toi thui roi ne!'],
      [OTHER_TALK, 'ê'],
    ] as const) {
      const seq = text.length;
      await desk.unclear.note({ conversationId, seq, at: desk.clock.now() - seq, text, why: 'missed' });
    }
  });
  afterEach(() => desk.close());

  const learning = async () => (await (await desk.as('hanh')).get('/desk/api/learning')).json<LearningAnswer>();
  const post = async (login: string, path: string, body: object) =>
    (await desk.as(login)).post(`/desk/api/${path}`, body);

  /** The audit log without the log-ins, the newest first. */
  const written = async () => (await desk.audit.entries({ limit: 20 })).filter(({ action }) => action !== 'log_in');

  test('stands in rows of the same words, the most frequent first, with what it would be taken for', async () => {
    expect((await learning()).groups).toMatchObject([
      {
        ...{ words: 'toi thui roi ne', text: 'tối thui rồi nè', times: 2, why: ['missed'] },
        guesses: [
          { intent: 'outage_report', confidence: 0.41 },
          { intent: 'bill_lookup', confidence: 0.2 },
        ],
      },
      { text: 'ê', times: 1 },
    ]);
  });

  test('is labelled once for all messages with these words, and the label can be taken back; both are written down', async () => {
    expect(
      (await post('hanh', 'learning/decide', { words: 'toi thui roi ne', intent: 'outage_report' })).statusCode,
    ).toBe(204);
    expect(await learning()).toMatchObject({
      groups: [{ text: 'ê' }],
      decided: [{ words: 'toi thui roi ne', intent: 'outage_report', times: 2, decidedBy: 'Chị Hạnh' }],
    });
    await post('hanh', 'learning/decide', { words: 'toi thui roi ne' });
    const [decision] = (await learning()).decided;
    expect(decision).toMatchObject({ times: 2 });
    expect(decision).not.toHaveProperty('intent');
    const [last, first] = await written();
    expect(first).toMatchObject({ action: 'label_words', actorName: 'Chị Hạnh', reason: 'outage_report' });
    expect(last).toMatchObject({ action: 'dismiss_words', subject: 'toi thui roi ne' });
  });

  test.each([
    [404, { words: 'nobody said this' }],
    [400, { words: 'e', intent: 'no_such_intent' }],
  ])('is not decided (%i) when asked for %j', async (status, body) => {
    expect((await post('hanh', 'learning/decide', body)).statusCode).toBe(status);
    expect((await learning()).groups).toHaveLength(2);
  });

  test('may be pointed out by an agent, with personal data replaced before it is kept', async () => {
    const answer = await post('lan', 'relabel', { conversationId: TALK, seq: 1, intent: 'outage_report' });
    expect(answer.statusCode).toBe(204);
    expect((await learning()).groups).toContainEqual(
      expect.objectContaining({
        text: 'Sao cái nhà tối thui vậy, gọi chị 0900000000',
        ...{ why: ['relabelled'], proposed: ['outage_report'] },
      }),
    );
    expect((await written())[0]).toMatchObject({ action: 'relabel', subject: `${TALK}/1` });
  });

  test("is never the bot's own message, and never one that is not there", async () => {
    for (const seq of [2, 3]) {
      expect((await post('lan', 'relabel', { conversationId: TALK, seq })).statusCode).toBe(404);
    }
    expect((await learning()).groups).toHaveLength(2);
  });

  test.each([
    ['a laptop', LAPTOP],
    ['a phone', PHONE],
  ])(
    'is reported from the conversation and labelled by one press on the page, on %s',
    (_name, viewport) =>
      withBrowser(async (browser) => {
        const { page, problems } = await openPage(browser, `${await desk.listen()}/desk`, viewport);
        const logIn = async (login: string) => {
          await logInDesk(page, login);
          await page.getByRole('navigation', { name: 'Các trang' }).waitFor();
        };
        await logIn('hanh');
        await page.getByRole('option').first().click();
        await page.getByRole('button', { name: /^Bot hiểu nhầm: Sao cái nhà/ }).click();
        await page.getByLabel('Khách thật ra muốn').selectOption({ label: 'Báo mất điện' });
        expect(await seriousFaults(page)).toEqual([]);
        await page.getByRole('button', { name: 'Báo', exact: true }).click();
        await page.getByText('Đã báo. Trưởng ca sẽ xem để bot học.').waitFor();

        await page.getByRole('link', { name: 'Bot học' }).click();
        const list = page.getByRole('list', { name: 'Câu chờ xem' });
        await list.getByText('tối thui rồi nè').waitFor();
        const folder = process.env['DESK_PICTURES'];
        if (folder !== undefined) {
          await page.screenshot({ path: `${folder}/learning-${viewport.width}.png` });
        }
        expect(await seriousFaults(page)).toEqual([]);
        await list.getByRole('button', { name: /Báo mất điện nhân viên/ }).click();
        await page.getByText('Đã gắn nhãn: Báo mất điện.').waitFor();
        await list.getByRole('button', { name: 'Bỏ qua: ê' }).click();
        await page
          .getByRole('region', { name: 'Đã xem gần đây' })
          .getByText(/^Bỏ qua · 1 lần/)
          .waitFor();
        expect((await learning()).groups.map(({ text }) => text)).toEqual(['tối thui rồi nè']);
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );
});
