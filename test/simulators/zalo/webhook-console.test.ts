import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { EVENT_NAMES } from '../../../simulators/zalo/webhook/event-names.ts';
import { startSimulator } from './support/start-simulator.ts';

const macOf = (raw: string, timestamp: unknown) =>
  createHash('sha256').update(`4100000000000000001${raw}${timestamp}SIM_OA_SECRET_KEY_0123456789`).digest('hex');

describe('console', () => {
  test('all switches are off at first, and can be set one by one or by preset', async () => {
    const { control, product, user } = await startSimulator({ events: undefined });
    control.say(user.id, 'a');
    await control.settle();
    expect(product.received).toHaveLength(0);
    expect(control.world().unsent.get('switched_off:user_send_text')).toBe(1);
    control.switchEvents({ user_send_text: true });
    control.say(user.id, 'b');
    control.sticker(user.id);
    await control.settle();
    expect(product.received.map(({ event }) => event.event_name)).toEqual(['user_send_text']);
    expect(control.switchEvents('all')).toEqual(EVENT_NAMES);
    expect(control.switchEvents({ user_send_text: false })).not.toContain('user_send_text');
  });

  test('the # filter lets only commands through', async () => {
    const { control, product, user } = await startSimulator({ settings: { webhook: { hashFilter: true } } });
    control.say(user.id, 'xin chào');
    control.say(user.id, '#TRA_CUU');
    await control.settle();
    expect(product.received.map(({ event }) => event.message?.['text'])).toEqual(['#TRA_CUU']);
  });

  test('without a grant of the OA no event is sent', async () => {
    const { control, product, user } = await startSimulator();
    control.revokeTokens();
    control.say(user.id, 'a');
    await control.settle();
    expect(product.received).toHaveLength(0);
    expect(control.world().unsent.get('no_grant')).toBe(1);
  });

  test('an address is saved only when an unsigned and a sample probe get 200', async () => {
    const { control, product, user } = await startSimulator({ webhookUrl: undefined });
    product.answer = ({ headers }) => (headers['x-zevent-signature'] === undefined ? 401 : 200);
    expect(await control.saveWebhook(product.url)).toEqual({ isSaved: false, probes: [401, 200] });
    control.say(user.id, 'a');
    product.answer = () => 200;
    expect(await control.saveWebhook(product.url)).toEqual({ isSaved: true, probes: [200, 200] });
    expect(product.received.map(({ raw }) => raw)).toContain('{}');
    const sample = product.received.at(-1);
    expect(sample?.headers['x-zevent-signature']).toBe(`mac=${macOf(sample?.raw ?? '', sample?.event.timestamp)}`);
    control.say(user.id, 'b');
    await control.settle();
    expect(product.received.at(-1)?.event.message?.['text']).toBe('b');
  });

  test.each(['http://chat.example.vn/zalo', 'https://chat.example.vn:8443/zalo', 'https://10.0.0.1/zalo', 'nonsense'])(
    '%s breaks the rules for addresses when they are on',
    async (url) => {
      const { control } = await startSimulator({ settings: { webhook: { strictUrl: true } } });
      expect(await control.saveWebhook(url)).toEqual({ isSaved: false, probes: ['bad_url'] });
    },
  );
});
