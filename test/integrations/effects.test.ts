import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EffectHandlers } from '../../src/bot/effect-handlers.ts';
import { createTakeReport } from '../../src/bot/incidents/take-report.ts';
import type { InboundEvent } from '../../src/bot/message.ts';
import type { Effect } from '../../src/bot/turn.ts';
import type { EffectRequest } from '../../src/dialogs/run-action.ts';
import { createEffectHandlers } from '../../src/integrations/actions/effect-handlers.ts';
import { conversationByAddress } from '../../src/integrations/channels/conversation-by-address.ts';
import { createDemoPhone, type DemoPhone } from '../../src/integrations/demo/demo-phone.ts';
import { loadStormRules } from '../../src/integrations/incidents/load-storm-rules.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { createAddressSeal } from '../../src/integrations/sealed-address.ts';
import { type ActionBench, aCustomer, BENCH_NOW, CODE, openActionBench, PHONE } from '../support/action-bench.ts';

let bench: ActionBench;
let phone: DemoPhone;
let handlers: EffectHandlers;
beforeEach(() => {
  bench = openActionBench();
  phone = createDemoPhone({ store: bench.storage.demoSms, clock: bench.clock });
  handlers = createEffectHandlers({ ...deps(), keepMedia: async () => {}, sms: phone });
});
afterEach(() => bench.close());

const addresses = createAddressSeal('a key of the test that is long enough');
const deps = () => ({
  ...{ ...bench.storage, codes: bench.codes, clock: bench.clock, ids: createRandomIds(bench.clock.now) },
  takeReport: createTakeReport({ ...bench.storage, ...loadUtility(), rules: loadStormRules(), clock: bench.clock }),
  adapters: new Map([['sms', { conversationWith: (phone: string) => conversationByAddress(addresses, 'sms', phone) }]]),
  receive: (event: InboundEvent) => bench.storage.inbox.receive(event),
});

function effectOf(request: EffectRequest, key = 'web:main:c1/3/1'): Effect {
  return { key, conversationId: 'web:main:c1', at: BENCH_NOW, request };
}

describe('the one-time code by SMS', () => {
  type SendOtp = Extract<EffectRequest, { kind: 'send_otp' }>;

  async function requested(): Promise<SendOtp> {
    await bench.write('customers', aCustomer());
    const { effects = [] } = await bench.run('send_otp', { customer_code: CODE });
    return effects[0] as SendOtp;
  }

  test('carries the digits that the check accepts, without marks and in one SMS', async () => {
    const request = await requested();
    await handlers.send_otp(effectOf(request), request);
    const [sms] = await phone.messages(0);
    const [otp = ''] = /\d{6}/.exec(sms?.text ?? '') ?? [];
    const slots = { customer_code: CODE, challenge_id: request.challengeId, otp };
    expect(sms).toMatchObject({ number: 1, to: PHONE, at: BENCH_NOW });
    expect(sms?.text).toMatch(/^Ma xac thuc \d{6}.*Khong dua ma nay cho bat ky ai\.$/);
    expect(sms?.text).toMatch(/^[ -~]{1,160}$/);
    expect((await bench.run('check_otp', slots)).outcome).toBe('verified');
  });

  test('is sent once, however often the effect is carried out', async () => {
    const request = await requested();
    await handlers.send_otp(effectOf(request), request);
    await handlers.send_otp(effectOf(request), request);
    await handlers.send_otp(effectOf(request, 'web:main:c1/4/1'), request);
    const sent = await phone.messages(0);
    expect(sent).toHaveLength(2);
    expect(await phone.messages(sent[0]?.number ?? 0)).toEqual([sent[1]]);
  });

  test('is not sent any more when it has run out', async () => {
    const request = await requested();
    bench.clock.advance(5 * 60_000);
    await handlers.send_otp(effectOf(request), request);
    expect(await phone.messages(0)).toEqual([]);
  });

  test('is tried again when the gateway fails', async () => {
    const request = await requested();
    const broken = createEffectHandlers({
      keepMedia: async () => {},
      ...deps(),
      sms: { send: () => Promise.reject(new Error('no gateway')) },
    });
    await expect(broken.send_otp(effectOf(request), request)).rejects.toThrow('no gateway');
  });
});

describe('a ticket', () => {
  const request: Extract<EffectRequest, { kind: 'open_ticket' }> = {
    kind: 'open_ticket',
    ticket: {
      number: 'SC261122-4K7Q2',
      kind: 'outage',
      priority: 'high',
      summary: 'Báo mất điện (ấp 3, cạnh chùa)',
      place: 'ấp 3, cạnh chùa',
      phone: '0911222333',
      details: { since: 'từ 7 giờ tối' },
    },
  };

  test('is opened under the number that the customer was told, with the time of the turn', async () => {
    bench.clock.advance(90_000);
    await handlers.open_ticket(effectOf(request), request);
    expect(await bench.storage.tickets.ticket('SC261122-4K7Q2')).toEqual({
      ...request.ticket,
      state: 'open',
      conversationId: 'web:main:c1',
      createdAt: BENCH_NOW,
      history: [{ at: BENCH_NOW, state: 'open' }],
    });
  });

  test('is opened once', async () => {
    await handlers.open_ticket(effectOf(request), request);
    await handlers.open_ticket(effectOf(request), request);
    expect(await bench.storage.tickets.tickets({ conversationId: 'web:main:c1', limit: 10 })).toHaveLength(1);
  });

  test('that the customer has corrected keeps its number and its beginning, and no other is opened', async () => {
    await handlers.open_ticket(effectOf(request), request);
    const corrected = { ...request, ticket: { ...request.ticket, phone: '0911222999' }, corrects: true } as const;
    const later = { ...effectOf(corrected, 'web:main:c1/5/1'), at: BENCH_NOW + 60_000 };
    await handlers.open_ticket(later, corrected);
    await handlers.open_ticket(later, corrected);
    const [ticket, ...others] = await bench.storage.tickets.tickets({ conversationId: 'web:main:c1', limit: 10 });
    expect(others).toEqual([]);
    expect(ticket).toMatchObject({
      ...{ number: 'SC261122-4K7Q2', phone: '0911222999', createdAt: BENCH_NOW },
      history: [{ at: BENCH_NOW }, { at: BENCH_NOW + 60_000, state: 'open', note: 'Khách sửa lại số điện thoại' }],
    });
  });

  describe('whose number another conversation has', () => {
    const THEIRS = { ...request.ticket, summary: 'của người khác', conversationId: 'web:main:c0' };
    const own = async () => {
      const [ticket, ...others] = await bench.storage.tickets.tickets({ conversationId: 'web:main:c1', limit: 10 });
      expect(others).toEqual([]);
      return ticket;
    };
    beforeEach(async () => {
      await bench.storage.tickets.open({ ...THEIRS, state: 'open', createdAt: BENCH_NOW, history: [] });
    });

    test('gets another one, of which the customer is told, once, however often it is carried out', async () => {
      await handlers.open_ticket(effectOf(request), request);
      await handlers.open_ticket(effectOf(request), request);
      const ticket = await own();
      expect(ticket?.number).toMatch(/^SC261122-[2-9A-HJKMNP-Z]{8}$/);
      expect(ticket).toMatchObject({
        summary: request.ticket.summary,
        history: [{ note: 'Khách được báo số SC261122-4K7Q2 trước đó; số ấy đã có phiếu khác' }],
      });
      const waiting = await bench.storage.inbox.unhandled({ before: Number.MAX_SAFE_INTEGER, limit: 9 });
      expect(waiting.map(({ content }) => content)).toEqual([
        { kind: 'notice', replies: [{ kind: 'text', text: expect.stringContaining(`là ${ticket?.number}. Số SC2`) }] },
      ]);
    });

    test('is what a correction and a question by the old number mean; that of the other stays as it is', async () => {
      await handlers.open_ticket(effectOf(request), request);
      for (const phone of ['0911222998', '0911222999']) {
        const corrected = { ...request, ticket: { ...request.ticket, phone }, corrects: true } as const;
        const at = BENCH_NOW + Number(phone.slice(-1));
        await handlers.open_ticket({ ...effectOf(corrected, `web:main:c1/5/${phone}`), at }, corrected);
      }
      expect(await own()).toMatchObject({ phone: '0911222999' });
      expect(await bench.storage.tickets.ticket(THEIRS.number)).toMatchObject({ phone: THEIRS.phone, history: [] });
      const asked = await bench.run('find_asked_tickets', {}, { utterance: 'phiếu SC261122-4K7Q2 tới đâu rồi' });
      expect(asked.slots?.['ticket_number']).toBe((await own())?.number);
    });
  });

  test('is not corrected before it is there: the effect is tried again', async () => {
    const corrected = { ...request, corrects: true } as const;
    await expect(handlers.open_ticket(effectOf(corrected), corrected)).rejects.toThrow('no ticket yet');
  });
});

describe('a notice to an address outside the conversation', () => {
  const reply = { kind: 'text', text: 'Số phiếu của anh/chị là SC1.' } as const;
  const request = { kind: 'send_notice', channel: 'sms', to: PHONE, reply } as const;
  const waiting = () => bench.storage.inbox.unhandled({ before: Number.MAX_SAFE_INTEGER, limit: 9 });

  test('becomes one event of an own conversation, however often the effect is carried out', async () => {
    await handlers.send_notice(effectOf(request), request);
    await handlers.send_notice(effectOf(request), request);
    const [event, ...others] = await waiting();
    expect(others).toEqual([]);
    expect(event?.content).toEqual({ kind: 'notice', replies: [reply] });
    expect(event?.conversationId).toMatch(/^sms:main:[\w-]+$/);
  });

  test('names no address in its conversation id', async () => {
    await handlers.send_notice(effectOf(request), request);
    const [event] = await waiting();
    const id = event?.conversationId ?? '';
    expect(id).not.toContain(PHONE.slice(-6));
    expect(addresses.open('sms', id.split(':')[2] ?? '')).toBe(PHONE);
  });

  test('fails, to be tried again, where no channel reaches the address', async () => {
    const elsewhere = { ...request, channel: 'zalo' } as const;
    await expect(handlers.send_notice(effectOf(elsewhere), elsewhere)).rejects.toThrow('There is no channel "zalo"');
    expect(await waiting()).toEqual([]);
  });

  test('is not written to somebody who has opted out', async () => {
    await bench.storage.optOuts.add(`sms:main:${addresses.seal('sms', PHONE)}`);
    await handlers.send_notice(effectOf(request), request);
    expect(await waiting()).toEqual([]);
  });
});
