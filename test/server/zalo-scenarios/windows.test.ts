import { expect, test } from '@jest/globals';
import { windowState } from '../../../src/bot/reply-window.ts';
import { openStageDesk } from '../../support/zalo-desk.ts';
import { ask, eventually, SCENARIO_TIMEOUT_MS, startScenario } from '../../support/zalo-stage.ts';

const HOUR_MS = 60 * 60_000;

test(
  'scenario 7: after 6 d 23 h an answer goes out at a price; refused with -230 it is not tried again and the agent sees why; after 7 d 1 h the desk says so before',
  async () => {
    const stage = await startScenario({ simulator: { settings: { quota: { packageTotal: 0 } } } });
    const { control } = stage;
    const { id } = control.createUser();
    await ask(stage, id, 'chào em');
    await stage.jump(167 * HOUR_MS);
    const desk = await openStageDesk(stage);
    expect((await desk.act('claim', id)).status).toBe(200);
    const { replyWindow } = await desk.look(id);
    expect(replyWindow && windowState(replyWindow, stage.now())).toBe('charged');
    const say = (text: string) => desk.act('say', id, { text, seenSeq: 0, force: true });
    expect((await say('Em gửi anh kết quả kiểm tra ạ')).status).toBe(200);
    const sent = () => control.transcript(id).find(({ text }) => text === 'Em gửi anh kết quả kiểm tra ạ');
    await eventually(() => sent() !== undefined);
    expect(sent()?.isCharged).toBe(true);

    // Zalo has counted the window otherwise than we have.
    const user = control.user(id);
    user.lastInteractionAt = (user.lastInteractionAt ?? 0) - 2 * HOUR_MS;
    await say('Anh còn cần gì nữa không ạ?');
    const failed = async () => (await stage.messages(id)).find(({ delivery }) => delivery === 'failed');
    await eventually(async () => (await failed()) !== undefined);
    expect(await failed()).toMatchObject({ failure: 'window_closed', author: 'agent' });

    await stage.jump(2 * HOUR_MS);
    await desk.logIn();
    const late = await say('Alo anh ơi');
    expect([late.status, late.body.message]).toEqual([409, expect.stringContaining('Đã hết thời hạn nhắn tin')]);
    await stage.server().stop();
    const tries = (text: string) =>
      control.world().calls.filter(({ request }) => JSON.stringify(request).includes(text));
    expect([tries('Anh còn cần gì nữa').length, tries('Alo anh ơi').length]).toEqual([1, 0]);
  },
  SCENARIO_TIMEOUT_MS,
);
