import { percentile } from '../../percentile.ts';
import { listen, postJson, readJson } from './json-http.ts';
import { botActivity, telegramUpdate } from './messages.ts';

/** One round of messages against servers that share the work, as the webhook of a channel spreads it. */
export interface LoadOrder {
  readonly ports: readonly number[];
  readonly shape: 'telegram' | 'activity';
  /** What a customer writes, one after the other, from the beginning again at the end. */
  readonly utterances: readonly string[];
  /** How many messages answer each of them; one when not given. */
  readonly answersTo?: readonly number[];
  /** The number of the first; the others count on from there. */
  readonly firstContact?: number;
  readonly contacts: number;
  /** Messages of each contact, who waits for the answer before writing again. */
  readonly turns: number;
  /** So many contacts write at the same time; the next begins when one has ended. */
  readonly atOnce: number;
  /** Messages a second, come what may, instead of the next when one was answered. */
  readonly rate?: number;
}

export interface LoadReport {
  readonly seconds: number;
  /** All that have come since the load was started. */
  readonly answers: number;
  /** From the message to its (last) answer at the channel, ms. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const ANSWER_WITHIN_MS = 120_000;
const BENCH_CHAT = /^\/v3\/conversations\/([^/]+)\/activities/;

/** By customer: what to do with one answer more. */
const waiting = new Map<string, () => void>();
let sent = 0;
let answers = 0;
let latencies: number[] = [];

const port = await listen((request, response) => {
  readJson(request)
    .then((body) => {
      const chat = BENCH_CHAT.exec(request.url ?? '')?.[1];
      const customer = chat ?? String((body as { readonly chat_id?: number }).chat_id);
      answers += 1;
      response.setHeader('content-type', 'application/json');
      response.end(chat === undefined ? telegramAnswer(customer) : '{"id":"1"}');
      waiting.get(customer)?.();
    })
    .catch(() => response.destroy());
});
const sinkUrl = `http://127.0.0.1:${port}`;

function telegramAnswer(customer: string): string {
  return `{"ok":true,"result":{"message_id":${answers},"date":0,"chat":{"id":${customer},"type":"private"},"text":""}}`;
}

async function turn(order: LoadOrder, customer: number, number: number): Promise<void> {
  const { ports, shape, utterances, answersTo } = order;
  sent += 1;
  let missing = answersTo?.[number % utterances.length] ?? 1;
  const target = ports[sent % ports.length];
  const text = utterances[number % utterances.length] ?? '';
  const startedAt = performance.now();
  const body = shape === 'telegram' ? telegramUpdate(sent, customer, text) : botActivity(sent, customer, text, sinkUrl);
  const answered = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No answer for customer ${customer}.`)), ANSWER_WITHIN_MS);
    waiting.set(String(customer), () => {
      missing -= 1;
      if (missing > 0) {
        return;
      }
      waiting.delete(String(customer));
      clearTimeout(late);
      latencies.push(performance.now() - startedAt);
      resolve();
    });
  });
  const [status] = await Promise.all([postJson(`http://127.0.0.1:${target}/webhook`, body), answered]);
  if (status >= 300) {
    throw new Error(`The webhook answered ${status}.`);
  }
}

async function round(order: LoadOrder): Promise<LoadReport> {
  latencies = [];
  const startedAt = performance.now();
  await (order.rate === undefined ? untilAllHaveWritten(order) : atRate(order, order.rate));
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seconds, answers, p50: latencyAt(0.5), p95: latencyAt(0.95), p99: latencyAt(0.99) };
}

async function untilAllHaveWritten(order: LoadOrder): Promise<void> {
  const { firstContact = 1 } = order;
  let next = 0;
  await Promise.all(
    Array.from({ length: order.atOnce }, async () => {
      while (next < order.contacts) {
        const customer = firstContact + next;
        next += 1;
        for (let number = 0; number < order.turns; number += 1) {
          await turn(order, customer, number);
        }
      }
    }),
  );
}

/** Each customer in turn, so that none writes before the answer to the last message while the server keeps up. */
async function atRate(order: LoadOrder, rate: number): Promise<void> {
  const { firstContact = 1, contacts } = order;
  const startedAt = performance.now();
  const turns: Promise<void>[] = [];
  while (turns.length < contacts * order.turns) {
    const due = Math.min(((performance.now() - startedAt) / 1_000) * rate, contacts * order.turns);
    while (turns.length < due) {
      turns.push(turn(order, firstContact + (turns.length % contacts), Math.floor(turns.length / contacts)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(turns);
}

function latencyAt(share: number): number {
  return percentile(latencies, share) ?? Number.NaN;
}

process.on('message', (order: LoadOrder) => {
  round(order).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ sinkUrl });
