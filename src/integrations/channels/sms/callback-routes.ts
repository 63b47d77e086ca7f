import type { FastifyInstance, FastifyRequest } from 'fastify';
import { detectStopWord } from '../../../nlu/detect-stop-word.ts';
import { bearerOf, matchesKey } from '../../matches-key.ts';
import { textAt } from '../../sms/json-path.ts';
import { withoutMarks } from '../../sms/segments.ts';
import type { ChannelParts } from '../channel.ts';
import { conversationByAddress } from '../conversation-by-address.ts';

export const CHANNEL = 'sms';

/** Where the gateway's own calls hold what we need. */
export interface CallbackSettings {
  /** Absent: the gateway calls nothing. */
  readonly callbackKey: string | undefined;
  readonly optOutWord: string;
  readonly receipts: { readonly keyPath: string; readonly statePath: string; readonly delivered: readonly string[] };
  readonly inbound: { readonly fromPath: string; readonly textPath: string };
}

type Deps = CallbackSettings & Pick<ChannelParts, 'addresses' | 'optOuts' | 'deliveries' | 'clock' | 'log' | 'sms'>;

const STOPPED = 'Da ngung gui tin bao den so nay. Muon nhan lai, quy khach lien he tong dai.';

const COUNTRY = /^\+?84(?=\d{9}$)/;

/** What a gateway tells us: that a message has arrived, and that somebody wants no more. GET or POST, as gateways do. */
export function registerCallbacks(app: FastifyInstance, deps: Deps): void {
  const { callbackKey } = deps;
  if (callbackKey === undefined) {
    return;
  }
  const route = (url: string, handle: (values: unknown) => Promise<void>) =>
    app.route({
      method: ['GET', 'POST'],
      url,
      exposeHeadRoute: false,
      async handler(request, reply) {
        if (!isAllowed(request, callbackKey)) {
          return reply.code(401).send({ error: 'The key is wrong: see SMS_CALLBACK_KEY.' });
        }
        await handle({ ...(request.query as object), ...((request.body as object | null) ?? {}) });
        return { status: 'ok' };
      },
    });
  route('/channels/sms/receipts', (values) => takeReceipt(values, deps));
  route('/channels/sms/inbound', (values) => takeAnswer(values, deps));
}

async function takeReceipt(values: unknown, { receipts, deliveries, log }: Deps): Promise<void> {
  const state = textAt(values, receipts.statePath) ?? '';
  const [, id, seq] = /^(sms:.+)\/(\d+)$/.exec(textAt(values, receipts.keyPath) ?? '') ?? [];
  if (id === undefined || seq === undefined) {
    // A receipt of a one-time code, or of another service at the same gateway.
    return;
  }
  if (receipts.delivered.includes(state)) {
    await deliveries.receipt(id, Number(seq), 'delivered');
  } else {
    log.warn({ conversationId: id, state }, 'sms: the gateway says that a message has not arrived.');
  }
}

async function takeAnswer(values: unknown, deps: Deps): Promise<void> {
  const { inbound, optOutWord, addresses, optOuts, clock, log, sms } = deps;
  const from = (textAt(values, inbound.fromPath) ?? '').replaceAll(/[ .-]/g, '').replace(COUNTRY, '0');
  const text = textAt(values, inbound.textPath) ?? '';
  // Only notices and codes go out here: "HUY" can mean nothing else.
  if (folded(text) !== folded(optOutWord) && detectStopWord(text) === undefined) {
    log.info('sms: an answer came in; nobody reads answers to notices.');
    return;
  }
  const id = conversationByAddress(addresses, CHANNEL, from);
  const isNews = !(await optOuts.has(id));
  await optOuts.add(id);
  if (isNews) {
    // What counts is done: a confirmation that the gateway does not take changes nothing.
    await sms
      .send({ key: `stopped/${id}/${clock.now()}`, to: from, text: STOPPED })
      .catch((error: unknown) => log.warn({ error: nameOf(error) }, 'sms: the end of notices was not confirmed.'));
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function folded(text: string): string {
  return withoutMarks(text).trim().toUpperCase();
}

function isAllowed(request: FastifyRequest, key: string): boolean {
  const { key: asked } = request.query as { readonly key?: unknown };
  return matchesKey(bearerOf(request.headers.authorization) ?? (typeof asked === 'string' ? asked : ''), key);
}
