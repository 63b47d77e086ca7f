import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ChannelAdapter, SendOutcome } from '../../src/bot/channel-adapter.ts';
import { conversationId } from '../../src/bot/conversation.ts';
import type { InboundEvent } from '../../src/bot/message.ts';
import { chartCaption } from '../../src/dialogs/chart.ts';
import { type Reply, toPlainText } from '../../src/dialogs/reply.ts';
import { failureWords } from '../../src/integrations/agent-desk/desk-words.ts';

/** One message as a customer's client or the vendor's webhook brings it. */
export interface Delivery {
  readonly customer: string;
  /** The channel's id of the message: the same id again is the same message. */
  readonly id: string;
  readonly text: string;
  /** When set, somebody without the right to speak for this customer sends it. */
  readonly isForged?: boolean;
}

/** What the contract needs of a channel under test: its real way in and its real way out. */
export interface ChannelHarness {
  readonly adapter: ChannelAdapter;
  readonly account: string;
  deliver(delivery: Delivery): Promise<'acknowledged' | 'refused'>;
  /** How the customer is called in conversation ids: channels that draw ids themselves say so here. */
  customerOf(customer: string): string;
  /** Events that the adapter handed to the inbox, repeats included. */
  received(): readonly InboundEvent[];
  /** From now on the inbox can keep nothing. */
  breakInbox(): void;
  /** Sends the reply to a customer, and returns all words that reach the customer's screen. */
  shown(customer: string, reply: Reply): Promise<string>;
  /** Channels with a vendor: how many messages the vendor has taken so far. */
  readonly taken?: () => number;
  /** Ways in which the vendor fails, and what `send` must say then. */
  readonly failures?: readonly {
    readonly name: string;
    /** Failures that every vendor knows; each must be there once. */
    readonly covers?: UniversalFailure;
    readonly provoke: () => Promise<SendOutcome>;
    readonly expected: SendOutcome['result'];
  }[];
  stop(): Promise<void>;
}

/** `server_error`: a 5xx or its like. `no_answer`: sent, and then silence. `unreachable`: nothing listens. */
export type UniversalFailure = 'server_error' | 'no_answer' | 'unreachable';

/** Cases that a channel may leave out, each for a written reason. */
export type SkippableCase = 'listening' | 'long_text';

export interface ContractOptions {
  /** Messages leave our own server. */
  readonly hasVendor: boolean;
  /** A chart goes out as a picture, whose months need not be said again. */
  readonly paintsCharts?: boolean;
  readonly skip?: Readonly<Partial<Record<SkippableCase, string>>>;
}

const SHORTEST_REASON = 20;
const CODE = /\d$/;

/** One of each kind: a new kind of reply does not compile until it is here. */
const REPLIES: { readonly [Kind in Reply['kind']]: Extract<Reply, { kind: Kind }> } = {
  text: { kind: 'text', text: 'Dạ, em chào anh chị ạ.' },
  choices: {
    kind: 'choices',
    text: 'Anh chị cần em giúp gì ạ?',
    choices: [
      { label: 'Tra cứu hóa đơn', value: 'bill_lookup' },
      { label: 'Báo mất điện', value: 'outage_report' },
    ],
    links: [{ label: 'Gọi tổng đài', href: 'tel:19000000' }],
  },
  card: {
    kind: 'card',
    title: 'Hóa đơn tháng 10/2026',
    text: 'Hạn thanh toán 30/11/2026',
    rows: [
      { label: 'Điện tiêu thụ', value: '250 kWh' },
      { label: 'Tổng tiền', value: '612.345 đ' },
    ],
    choices: [{ label: 'Tháng khác', value: 'other_month' }],
  },
  image: {
    kind: 'image',
    url: 'https://www.dienluc.example/cong-to.png',
    alt: 'Công tơ điện tử',
    text: 'Vị trí mã khách hàng',
  },
  chart: {
    kind: 'chart',
    title: 'Điện tiêu thụ',
    description: 'Đã giảm.',
    months: [
      { label: '9/2026', kwh: 266, amount: 677_359, mark: 'compared' },
      { label: '10/2026', kwh: 1_250, mark: 'asked' },
      { label: '10/2026 kỳ 2' },
    ],
  },
  file: {
    kind: 'file',
    url: 'https://www.dienluc.example/mau-don.pdf',
    name: 'Mẫu đơn đề nghị.pdf',
    text: 'Anh chị tải mẫu đơn ở đây ạ.',
  },
};

const LONG_TEXT = Array.from({ length: 400 }, (_, index) => `Câu số ${index + 1} của một thông báo rất dài.`).join(' ');

/** What every channel promises; `build` makes a fresh one for each test. */
export function channelAdapterContract(
  channel: string,
  { hasVendor, paintsCharts = false, skip = {} }: ContractOptions,
  build: () => Promise<ChannelHarness>,
): void {
  describe(`the ${channel} channel`, () => {
    let harness: ChannelHarness;
    beforeEach(async () => {
      harness = await build();
    });
    afterEach(() => harness.stop());

    for (const [name, reason] of Object.entries(skip)) {
      test(`leaves out "${name}" for a reason: ${reason}`, () => {
        expect(reason.length).toBeGreaterThanOrEqual(SHORTEST_REASON);
      });
    }

    if (skip.listening === undefined) {
      listeningCases(channel, () => harness);
    }

    test.each(Object.entries(REPLIES))('shows every word of a reply: %s', async (_, reply) => {
      const screen = await harness.shown('lan', reply);
      const missing = wordsOf(reply, paintsCharts).filter((words) => !screen.includes(words));
      expect(missing).toEqual([]);
    });

    test('does not take its own messages for those of a customer', async () => {
      await harness.shown('lan', { kind: 'text', text: 'Dạ vâng ạ.' });
      expect(harness.received()).toEqual([]);
    });

    if (skip.long_text === undefined) {
      test('shows every sentence of a text that is too long for one message, in order', async () => {
        const screen = await harness.shown('lan', { kind: 'text', text: LONG_TEXT });
        const places = LONG_TEXT.split(/(?<=\.) /).map((sentence) => screen.indexOf(sentence));
        expect(places).not.toContain(-1);
        expect(places).toEqual([...places].sort((a, b) => a - b));
      });
    }

    if (hasVendor) {
      test('sends a message once', async () => {
        await harness.shown('lan', REPLIES.text);
        expect(harness.taken?.()).toBe(1);
      });

      test('knows the failures that every vendor has', () => {
        const covered = (harness.failures ?? []).flatMap(({ covers }) => covers ?? []);
        expect(covered.sort()).toEqual(['no_answer', 'server_error', 'unreachable']);
      });

      test('does not ask for a second sending of what may have gone out', () => {
        const silent = (harness.failures ?? []).filter(({ covers }) => covers === 'no_answer');
        const allowed = harness.adapter.canRepeat ? ['retry', 'unknown'] : ['unknown'];
        expect(silent.filter(({ expected }) => !allowed.includes(expected))).toEqual([]);
      });

      test('tells each failure of the vendor from the others', async () => {
        expect(harness.failures?.length ?? 0).toBeGreaterThan(0);
        for (const { name, provoke, expected } of harness.failures ?? []) {
          const outcome = await provoke();
          const reason = outcome.result === 'accepted' ? '' : outcome.reason;
          // An agent reads why; only a code of the vendor stands for itself.
          const isInWords = reason === '' || CODE.test(reason) || !failureWords(reason).includes(reason);
          expect({ name, reason, result: outcome.result, isInWords }).toEqual({
            ...{ name, reason, result: expected, isInWords: true },
          });
        }
      });
    }
  });
}

/** What a channel promises that hears its customers. */
function listeningCases(channel: string, harness: () => ChannelHarness): void {
  test('hands a message over as one event of the conversation of its sender', async () => {
    const text = 'Tiền điện tháng rồi bao nhiêu'.normalize('NFD');
    expect(await harness().deliver({ customer: 'lan', id: 'm1', text })).toBe('acknowledged');
    const [event, ...others] = harness().received();
    expect(others).toEqual([]);
    expect(event?.conversationId).toBe(
      conversationId({ channel, account: harness().account, customer: harness().customerOf('lan') }),
    );
    expect(event?.key.startsWith(`${channel}/${harness().account}/`)).toBe(true);
    expect(event?.content).toEqual({ kind: 'customer_message', text: text.normalize('NFC') });
  });

  test('gives a message that comes twice the same key, and two messages different ones', async () => {
    await harness().deliver({ customer: 'lan', id: 'm1', text: 'Alo' });
    await harness().deliver({ customer: 'lan', id: 'm1', text: 'Alo' });
    await harness().deliver({ customer: 'lan', id: 'm2', text: 'Alo' });
    const [first, again, second] = harness()
      .received()
      .map(({ key }) => key);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
  });

  test('keeps the order of messages that come one after the other', async () => {
    for (const id of ['m1', 'm2', 'm3']) {
      await harness().deliver({ customer: 'lan', id, text: id });
    }
    const keys = harness()
      .received()
      .map(({ orderKey }) => orderKey);
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
  });

  test('keeps customers apart even when their clients use the same message id', async () => {
    await harness().deliver({ customer: 'lan', id: 'm1', text: 'Alo' });
    await harness().deliver({ customer: 'minh', id: 'm1', text: 'Alo' });
    const events = harness().received();
    expect(new Set(events.map(({ key }) => key)).size).toBe(2);
    expect(new Set(events.map((event) => event.conversationId)).size).toBe(2);
  });

  test('refuses a forged sender', async () => {
    expect(await harness().deliver({ customer: 'lan', id: 'm1', text: 'Alo', isForged: true })).toBe('refused');
    expect(harness().received()).toEqual([]);
  });

  test('does not acknowledge what the inbox could not keep', async () => {
    harness().breakInbox();
    expect(await harness().deliver({ customer: 'lan', id: 'm1', text: 'Alo' })).toBe('refused');
  });
}

/** The words of a reply that a customer must be able to read, line by line. */
function wordsOf(reply: Reply, paintsCharts: boolean): readonly string[] {
  return asText(reply, paintsCharts)
    .split('\n')
    .flatMap((line) => line.replace(/^\d+\. /, '').split(': '));
}

function asText(reply: Reply, paintsCharts: boolean): string {
  if (reply.kind === 'chart' && paintsCharts) {
    return chartCaption(reply);
  }
  // The address of a file may stand behind its name.
  return reply.kind === 'file' ? [reply.text, reply.name].join('\n') : toPlainText(reply);
}
