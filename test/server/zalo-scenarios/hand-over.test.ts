import { expect, test } from '@jest/globals';
import { ask, eventually, kept, SCENARIO_TIMEOUT_MS, shown, startScenario } from '../../support/zalo-stage.ts';

test(
  'scenario 5: an echo before the answer is our own; a human in the OA tool silences the bot, and his words are kept',
  async () => {
    const stage = await startScenario({ simulator: { settings: { echo: { order: 'before' } } } });
    const { control } = stage;
    const { id } = control.createUser();
    await ask(stage, id, 'chào em');
    await ask(stage, id, 'cách tiết kiệm điện');
    expect(await kept(stage, id)).toEqual(['customer: chào em', 'bot', 'customer: cách tiết kiệm điện', 'bot']);

    control.adminReply(id, 'Em là Lan, em xem giúp chị ngay ạ');
    await eventually(async () => (await stage.messages(id)).length === 5);
    const staff = (await stage.messages(id)).at(-1);
    expect([staff?.author, staff?.reply]).toEqual([
      'agent',
      { kind: 'text', text: 'Em là Lan, em xem giúp chị ngay ạ' },
    ]);
    const before = shown(stage, id).length;
    control.say(id, 'số điện thoại tổng đài là gì');
    await eventually(async () => (await kept(stage, id)).at(-1) === 'customer: số điện thoại tổng đài là gì');
    // Whatever the turn had to send is out once the process has ended in order.
    await stage.server().stop();
    expect(shown(stage, id)).toHaveLength(before);
  },
  SCENARIO_TIMEOUT_MS,
);
