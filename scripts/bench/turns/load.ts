import { percentile } from '../../percentile.ts';
import { listen, postJson, readJson } from './json-http.ts';
import { botActivity, telegramUpdate, UTTERANCES } from './messages.ts';

/** One round: so many turns against one server, each customer waiting for the answer before writing again. */
export interface LoadOrder {
  readonly port: number;
  readonly shape: 'telegram' | 'activity';
  readonly turns: number;
  readonly customers: number;
}

export interface LoadReport {
  readonly seconds: number;
  readonly answers: number;
  /** From the message to its answer at the channel, ms. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const ANSWER_WITHIN_MS = 20_000;
const BENCH_CHAT = /^\/v3\/conversations\/([^/]+)\/activities/;

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
      waiting.delete(customer);
    })
    .catch(() => response.destroy());
});
const sinkUrl = `http://127.0.0.1:${port}`;

function telegramAnswer(customer: string): string {
  return `{"ok":true,"result":{"message_id":${answers},"date":0,"chat":{"id":${customer},"type":"private"},"text":""}}`;
}

async function turn({ port: target, shape }: LoadOrder, customer: number, text: string): Promise<void> {
  sent += 1;
  const startedAt = performance.now();
  const body = shape === 'telegram' ? telegramUpdate(sent, customer, text) : botActivity(sent, customer, text, sinkUrl);
  const answered = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No answer for customer ${customer}.`)), ANSWER_WITHIN_MS);
    waiting.set(String(customer), () => {
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
  answers = 0;
  latencies = [];
  const startedAt = performance.now();
  const each = Math.floor(order.turns / order.customers);
  await Promise.all(
    Array.from({ length: order.customers }, async (_, customer) => {
      for (let number = 0; number < each; number += 1) {
        await turn(order, customer + 1, UTTERANCES[number % UTTERANCES.length] ?? UTTERANCES[0]);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seconds, answers, p50: latencyAt(0.5), p95: latencyAt(0.95), p99: latencyAt(0.99) };
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
