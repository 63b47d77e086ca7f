import { expect, test } from '@jest/globals';
import type { TrackedMessage } from '../../../src/bot/message.ts';
import {
  ask,
  eventually,
  kept,
  post,
  SCENARIO_TIMEOUT_MS,
  shown,
  signatureOf,
  startScenario,
} from '../../support/zalo-stage.ts';

test(
  'scenario 3: the same event delivered five times, two of them in parallel, is answered once',
  async () => {
    const stage = await startScenario();
    const { id } = stage.control.createUser();
    await ask(stage, id, 'chào em');
    const { body, signature } = stage.control.world().deliveries.find(({ subjectId }) => subjectId === id) ?? {};
    const again = () => post(stage, body ?? '', signature ?? '');
    expect(await Promise.all([again(), again()])).toEqual([200, 200]);
    expect([await again(), await again()]).toEqual([200, 200]);
    await ask(stage, id, 'cách tiết kiệm điện');
    expect((await kept(stage, id)).filter((line) => line === 'customer: chào em')).toHaveLength(1);
    expect(shown(stage, id).filter((text) => text.includes('trợ lý tự động'))).toHaveLength(1);
  },
  SCENARIO_TIMEOUT_MS,
);

test(
  'scenario 4: three messages that come in another order within 3 s are handled in the order of writing',
  async () => {
    const faults = { seed: 4, reorder: { windowMs: 3_000, p: 1 } };
    const stage = await startScenario({ env: { ZALO_SETTLE_MS: '3500' }, simulator: { seed: 'scenario 4', faults } });
    const { id } = stage.control.createUser();
    const texts = ['số điện thoại tổng đài là gì', 'cách tiết kiệm điện', 'làm sao tra cứu mã khách hàng'];
    for (const text of texts) {
      stage.control.say(id, text);
    }
    const own = () => stage.control.world().deliveries.filter(({ eventName }) => eventName === 'user_send_text');
    await stage.advance(3_000);
    await eventually(() => own().length === 3 && own().every(({ state }) => state === 'delivered'));
    const arrived = own().toSorted((a, b) => (a.attempts[0]?.at ?? 0) - (b.attempts[0]?.at ?? 0));
    expect(arrived.map(({ id: number }) => number)).not.toEqual(own().map(({ id: number }) => number));
    await stage.advance(4_000);
    await eventually(() => shown(stage, id).length === 3);
    const customerSaid = (await kept(stage, id)).filter((line) => line.startsWith('customer'));
    expect(customerSaid).toEqual(texts.map((text) => `customer: ${text}`));
  },
  SCENARIO_TIMEOUT_MS,
);

test(
  'scenario 6: a tampered body, a wrong secret and a missing header get 200 and leave nothing; escaped Unicode is taken',
  async () => {
    const stage = await startScenario();
    const { control } = stage;
    const { app, oa } = control.world().settings;
    const { id } = control.createUser();
    const event = (messageId: string, text: string) =>
      JSON.stringify({
        ...{ app_id: app.id, event_name: 'user_send_text', timestamp: String(stage.now()) },
        ...{ sender: { id }, recipient: { id: oa.id }, message: { msg_id: messageId, text } },
      });
    const good = event('a1', 'Tra cứu tiền điện');
    expect([
      await post(stage, good.replace('Tra', 'Xem'), signatureOf(stage, good)),
      await post(stage, good, signatureOf(stage, good, 'ANOTHER_SECRET')),
      await post(stage, good),
    ]).toEqual([200, 200, 200]);
    const escaped = event('a2', 'cách tiết kiệm điện').replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    expect(escaped).toContain('\\u');
    control.user(id).lastInteractionAt = stage.now();
    expect(await post(stage, escaped, signatureOf(stage, escaped))).toBe(200);
    await eventually(() => shown(stage, id).length > 0);
    // What had been stored of the three would stand before the one that was taken.
    expect(await kept(stage, id)).toEqual(['customer: cách tiết kiệm điện', 'bot']);
  },
  SCENARIO_TIMEOUT_MS,
);

test(
  'scenario 11: shared details in both shapes, a place, a sticker, a GIF and a contact card are understood',
  async () => {
    const stage = await startScenario();
    const { control } = stage;
    const { id } = control.createUser();
    const said = async (count: number): Promise<readonly TrackedMessage['content'][]> => {
      const inbound = async () => (await stage.messages(id)).filter(({ direction }) => direction === 'in');
      await eventually(async () => (await inbound()).length === count);
      return (await inbound()).map(({ content }) => content);
    };
    const info = {
      name: 'Nguyễn Thị Hoa',
      phone: '84912345678',
      address: '12 Lê Lợi',
      ward: 'Phường 1',
      city: 'Tân An',
    };
    control.submitInfo(id, info);
    await said(1);
    control.set({ webhook: { submitInfoShape: 'older' } });
    control.submitInfo(id, info);
    await said(2);
    control.location(id, 10.5354, 106.4137);
    await said(3);
    control.sticker(id);
    await said(4);
    control.gif(id);
    await said(5);
    control.card(id, { name: 'Anh Ba', phone: '0900000009' });
    const [current, older, place, sticker, gif, card] = await said(6);
    expect(current?.text).toBe('Nguyễn Thị Hoa, 0912345678, 12 Lê Lợi, Phường 1, Tân An');
    expect(older).toEqual(current);
    expect(place?.attachments).toEqual([{ kind: 'location', latitude: 10.5354, longitude: 106.4137 }]);
    expect([sticker?.attachments?.[0]?.kind, gif?.attachments?.[0]?.kind]).toEqual(['sticker', 'image']);
    expect([sticker?.text, gif?.text]).toEqual([undefined, undefined]);
    expect(card?.attachments).toEqual([{ kind: 'contact', name: 'Anh Ba · 0900000009' }]);
  },
  SCENARIO_TIMEOUT_MS,
);

test(
  'scenario 12: switched off, the webhook still answers 200, and nothing comes in',
  async () => {
    const stage = await startScenario({ env: { ZALO_ENABLED: 'false' } });
    const { control } = stage;
    const { id } = control.createUser();
    control.say(id, 'chào em');
    await control.settle();
    const delivery = control.world().deliveries.find(({ subjectId }) => subjectId === id);
    expect(delivery?.attempts.map(({ result }) => result)).toEqual([200]);
    await stage.server().stop();
    expect(await kept(stage, id)).toEqual([]);
  },
  SCENARIO_TIMEOUT_MS,
);
