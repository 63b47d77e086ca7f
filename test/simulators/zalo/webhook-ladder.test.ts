import { describe, expect, test } from '@jest/globals';
import { HOUR, startSimulator } from './support/start-simulator.ts';

describe('redelivery', () => {
  const STEPS = [30, 300, 900, 1800, 3600];

  test('climbs the ladder with the same bytes and num_retry, then unsubscribes the app until it is re-enabled', async () => {
    const { control, product, user, simulator } = await startSimulator();
    product.answer = () => 500;
    control.say(user.id, 'Mất điện rồi');
    await control.settle();
    const times = [simulator.clock.now()];
    for (const seconds of STEPS) {
      await control.advance(seconds * 1000 - 1);
      expect(product.received).toHaveLength(times.length);
      await control.advance(1);
      times.push(simulator.clock.now());
      expect(product.received).toHaveLength(times.length);
    }
    expect(product.received.map(({ headers }) => headers['num_retry'])).toEqual([undefined, '1', '2', '3', '4', '5']);
    expect(new Set(product.received.map(({ raw }) => raw)).size).toBe(1);
    expect(new Set(product.received.map(({ headers }) => headers['x-zevent-signature'])).size).toBe(1);
    expect(control.world().webhook.state).toBe('unsubscribed');
    expect(control.world().notices.length).toBeGreaterThan(0);
    expect(control.world().deliveries[0]).toMatchObject({ state: 'given_up' });

    product.answer = () => 200;
    control.say(user.id, 'b');
    await control.advance(10 * HOUR);
    expect(product.received).toHaveLength(6);
    expect(control.world().unsent.get('unsubscribed')).toBe(1);
    control.enableWebhook();
    control.say(user.id, 'c');
    await control.settle();
    expect(product.received.at(-1)?.event.message?.['text']).toBe('c');
  });

  test('stops as soon as it is answered with 200', async () => {
    const { control, product, user } = await startSimulator();
    product.answer = ({ headers }) => (headers['num_retry'] === '2' ? 200 : 503);
    control.say(user.id, 'a');
    await control.advance(24 * HOUR);
    expect(product.received).toHaveLength(3);
    expect(control.world().webhook.state).toBe('active');
    expect(control.world().deliveries[0]?.attempts.map(({ result }) => result)).toEqual([503, 503, 200]);
  });

  test('events that wait on the ladder are dropped by an unsubscription', async () => {
    const { control, product, user } = await startSimulator();
    product.answer = () => 500;
    control.say(user.id, 'a');
    await control.advance(6_000_000);
    control.say(user.id, 'late');
    await control.advance(24 * HOUR);
    expect(control.world().deliveries.map(({ state }) => state)).toEqual(['given_up', 'cancelled']);
  });

  test('nobody listening counts as well', async () => {
    const { control, user } = await startSimulator({ webhookUrl: 'http://127.0.0.1:1/none' });
    control.say(user.id, 'a');
    await control.advance(24 * HOUR);
    expect(control.world().webhook.state).toBe('unsubscribed');
    expect(control.world().deliveries[0]?.attempts.map(({ result }) => result)).toEqual(
      Array(6).fill('connection_failed'),
    );
  });

  test.each([
    ['connection' as const, 1],
    ['non200' as const, 2],
    ['both' as const, 2],
  ])('a 500 under retryOn %s: %d requests', async (retryOn, requests) => {
    const { control, product, user } = await startSimulator({ settings: { webhook: { retryOn } } });
    product.answer = () => (product.received.length === 1 ? 500 : 200);
    control.say(user.id, 'a');
    await control.advance(HOUR);
    expect(product.received).toHaveLength(requests);
  });

  test('does not happen when its switch is off', async () => {
    const { control, product, user } = await startSimulator({ settings: { webhook: { retrySwitch: false } } });
    product.answer = () => 500;
    control.say(user.id, 'a');
    await control.advance(24 * HOUR);
    expect(product.received).toHaveLength(1);
    expect(control.world().webhook.state).toBe('active');
  });

  test('an answer that takes longer than 2 seconds is none', async () => {
    const { control, product, user } = await startSimulator();
    product.answer = () => (product.received.length === 1 ? 'hang' : 200);
    control.say(user.id, 'a');
    await control.settle();
    expect(control.world().deliveries[0]?.attempts).toEqual([expect.objectContaining({ result: 'timeout' })]);
    expect(control.world().deliveries[0]?.attempts[0]?.tookMs).toBeGreaterThanOrEqual(1990);
    await control.advance(30_000);
    expect(control.world().deliveries[0]?.state).toBe('delivered');
  });
});
