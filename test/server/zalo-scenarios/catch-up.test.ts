import { expect, test } from '@jest/globals';
import { ask, eventually, kept, SCENARIO_TIMEOUT_MS, shown, startScenario } from '../../support/zalo-stage.ts';

const MINUTE = 60_000;

test(
  'scenario 9: after two hours without a webhook the lists bring what was written; old messages wait for a human',
  async () => {
    const stage = await startScenario();
    const { control } = stage;
    const { id } = control.createUser();
    await ask(stage, id, 'chào em');
    const answers = shown(stage, id).length;
    const { webhook } = control.world();
    webhook.url = 'http://127.0.0.1:9/nobody';
    control.say(id, 'giá điện sinh hoạt bao nhiêu');
    await stage.advance(125 * MINUTE);
    expect(webhook.state).toBe('unsubscribed');
    await stage.server().kill();
    await stage.restart();
    await eventually(async () => (await kept(stage, id)).includes('customer: giá điện sinh hoạt bao nhiêu'));
    const conversation = stateOf(stage, id);
    expect(conversation).toMatchObject({ holder: 'queue', handoffReason: 'late_message' });
    expect(shown(stage, id).slice(answers).join()).not.toContain('1.984');
    // The webhook is mended: everything goes on, and what was found is not taken in twice.
    webhook.url = stage.webhookUrl;
    control.enableWebhook();
    await ask(stage, id, 'cách tiết kiệm điện');
    expect((await kept(stage, id)).filter((line) => line.includes('giá điện sinh hoạt'))).toHaveLength(1);
  },
  SCENARIO_TIMEOUT_MS,
);

function stateOf(
  { db, conversationOf }: Awaited<ReturnType<typeof startScenario>>,
  userId: string,
): { readonly holder: string; readonly handoffReason?: string } {
  const state = db.sqlite
    .prepare<[string], string>('SELECT state FROM turns WHERE conversation_id = ? ORDER BY version DESC LIMIT 1')
    .pluck()
    .get(conversationOf(userId));
  return JSON.parse(state ?? '{}');
}
