import { afterEach } from '@jest/globals';
import { createZaloSimulator, type ZaloSimulatorOptions } from '../../../../simulators/zalo/create-zalo-simulator.ts';
import { type Product, startProduct } from './start-product.ts';

/** 2026-11-20, 09:00 in Viet Nam. */
export const START = Date.UTC(2026, 10, 20, 2);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) {
    await close();
  }
});

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  readonly json: any;
}

/** A simulator on a clock that stands still, a webhook that listens, and one user who has just written. */
export async function startSimulator(options: ZaloSimulatorOptions = {}) {
  const product: Product = await startProduct();
  const simulator = createZaloSimulator({
    clock: 'manual',
    startTime: START,
    events: 'chatbot',
    webhookUrl: product.url,
    ...options,
  });
  closers.push(() => simulator.close());
  closers.push(() => product.close());
  await simulator.app.ready();

  const { control } = simulator;
  const tokens = control.issueTokens();
  const user = control.createUser({ name: 'Nguyễn Thị Hoa', phone: '84912345678', lastInteractionAt: START });
  const token = { current: tokens.accessToken };

  /** An API call as the product makes it; `headers` replace the usual ones. */
  async function call(method: 'GET' | 'POST', url: string, body?: unknown, headers?: Record<string, string>) {
    const response = await simulator.app.inject({
      method,
      url: method === 'GET' && body !== undefined ? `${url}?data=${encodeURIComponent(JSON.stringify(body))}` : url,
      headers: headers ?? {
        access_token: token.current,
        ...(method === 'POST' && { 'content-type': 'application/json' }),
      },
      ...(method === 'POST' && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = response.body;
    const answer: Answer = {
      status: response.statusCode,
      headers: response.headers,
      text,
      json: /^[[{]/.test(text) ? JSON.parse(text) : undefined,
    };
    return answer;
  }

  /** Sends a text as the chatbot does. */
  const sendText = (text: string, userId = user.id) =>
    call('POST', '/v3.0/oa/message/cs', { recipient: { user_id: userId }, message: { text } });

  /** A message with an attachment of this payload. */
  const sendTemplate = (payload: unknown, message: Record<string, unknown> = {}) =>
    call('POST', '/v3.0/oa/message/cs', {
      recipient: { user_id: user.id },
      message: { ...message, attachment: { type: 'template', payload } },
    });

  return { simulator, control, product, tokens, token, user, call, sendText, sendTemplate };
}
