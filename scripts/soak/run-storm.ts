import { setTimeout as sleep } from 'node:timers/promises';
import type { Control } from '../../simulators/zalo/control/create-control.ts';
import { createSqliteDeliveryLedger } from '../../src/integrations/storage/sqlite/delivery-ledger.ts';
import { type AnsweredCustomer, countOvertaken } from './count-overtaken.ts';
import { openZaloStage, type ZaloStage } from './zalo-stage.ts';

export interface StormOptions {
  /** Customers who report that the power is out, each once. */
  readonly reports: number;
  /** Calls that Zalo allows in a minute. */
  readonly callsPerMinute: number;
  /** They write in slices of so long, ms of the simulation. */
  readonly sliceMs: number;
}

export interface StormResult {
  readonly reports: number;
  readonly answered: number;
  /** Of all events, real time. */
  readonly worstWebhookAnswerMs: number;
  readonly webhookTimeouts: number;
  /** Calls that Zalo refused with -32, and the largest number of them in one minute. */
  readonly refused: number;
  readonly mostRefusedInAMinute: number;
  readonly mostCallsInAMinute: number;
  /** Customers whose answer went out after that to somebody who had written a minute or more after them. */
  readonly overtaken: number;
  /** From the first report to the last first answer, minutes of the simulation. */
  readonly minutes: number;
}

const MINUTE_MS = 60_000;
/** How much of the storm comes in each of its ten minutes: as after a line has tripped. */
export const SHAPE: readonly number[] = [0.25, 0.2, 0.15, 0.1, 0.1, 0.05, 0.05, 0.05, 0.03, 0.02];
const REPORT = 'nhà tôi bị mất điện rồi';
const POLL_MS = 10;
/** The product leaves half a second of each minute to what its clock may differ, and then sends what has waited. */
const WITH_THE_PRODUCT_MS = 600;
/** Before that: who writes now asks for a call of the new minute before all who have waited for it. */
const BEFORE_THE_PRODUCT_MS = 100;
const MOST_MINUTES = 60;

/** An outage: everybody reports it within ten minutes, and the answers must go out within Zalo's limit. */
export async function runStorm(options: StormOptions): Promise<StormResult> {
  const { reports, callsPerMinute, sliceMs } = options;
  const stage = await openZaloStage({
    simulator: { seed: 'storm', settings: { rate: { appPerMinute: callsPerMinute } } },
  });
  try {
    const users = Array.from(
      { length: reports },
      (_, index) => stage.control.createUser({ name: `Khách ${index}` }).id,
    );
    await toNextMinute(stage, BEFORE_THE_PRODUCT_MS);
    await sendReports(stage, users, sliceMs);
    for (let minute = 0; minute < MOST_MINUTES && !users.every((id) => isAnswered(stage.control, id)); minute += 1) {
      await quiet(stage, reports);
      await toNextMinute(stage);
    }
    return judge(stage.control, users);
  } finally {
    await stage.close();
  }
}

async function sendReports(stage: ZaloStage, users: readonly string[], sliceMs: number): Promise<void> {
  const slices = MINUTE_MS / sliceMs;
  let written = 0;
  let planned = 0;
  for (const share of SHAPE) {
    for (let slice = 0; slice < slices; slice += 1) {
      const end = Date.now() + sliceMs;
      planned += (users.length * share) / slices;
      for (; written < Math.round(planned); written += 1) {
        stage.control.say(users[written] ?? '', REPORT);
      }
      // A machine that is too slow for the storm stretches it; one that is fast skips the rest of the slice.
      await quiet(stage, written);
      const isLast = slice === slices - 1;
      await (isLast ? toNextMinute(stage, BEFORE_THE_PRODUCT_MS) : stage.advance(Math.max(end - Date.now(), 0)));
    }
  }
}

/** Waits until so many customers' reports have been handled, and all that may be sent in this minute is out. */
async function quiet(stage: ZaloStage, written: number): Promise<void> {
  const ledger = createSqliteDeliveryLedger(stage.db);
  const handled = stage.db.sqlite.prepare('SELECT count(*) FROM conversations').pluck();
  const isTaken = () => stage.control.world().deliveries.every(({ state }) => state !== 'pending');
  const isOut = async () =>
    (await ledger.due({ now: stage.now(), limit: 1 })).length === 0 &&
    (await ledger.open({ before: Number.MAX_SAFE_INTEGER, limit: 1 })).length === 0;
  while (!isTaken() || handled.get() !== written || !(await isOut())) {
    await sleep(POLL_MS);
  }
}

/** By `intoMs` into it. */
async function toNextMinute(stage: ZaloStage, intoMs = WITH_THE_PRODUCT_MS): Promise<void> {
  await stage.advance(MINUTE_MS - (stage.now() % MINUTE_MS) + intoMs);
}

function isAnswered(control: Control, userId: string): boolean {
  return control.transcript(userId).some(({ author }) => author === 'api');
}

function judge(control: Control, users: readonly string[]): StormResult {
  const { calls, deliveries } = control.world();
  const chats = users.map((id) => {
    const chat = control.transcript(id);
    return { writtenAt: chat[0]?.at ?? 0, answeredAt: chat.find(({ author }) => author === 'api')?.at };
  });
  const answered = chats.filter((chat): chat is AnsweredCustomer => chat.answeredAt !== undefined);
  const attempts = deliveries.flatMap((delivery) => delivery.attempts);
  const refused = calls.filter(({ error }) => error === -32);
  const ends = answered.map(({ answeredAt }) => answeredAt);
  return {
    reports: users.length,
    answered: answered.length,
    worstWebhookAnswerMs: Math.max(...attempts.map(({ tookMs }) => tookMs)),
    webhookTimeouts: attempts.filter(({ result }) => result === 'timeout').length,
    refused: refused.length,
    mostRefusedInAMinute: mostInAMinute(refused),
    mostCallsInAMinute: mostInAMinute(calls.filter(({ error }) => error !== -32)),
    overtaken: countOvertaken(answered),
    minutes: (Math.max(...ends) - Math.min(...chats.map(({ writtenAt }) => writtenAt))) / MINUTE_MS,
  };
}

const minuteOf = (at: number) => Math.floor(at / MINUTE_MS);

function mostInAMinute(calls: readonly { readonly at: number }[]): number {
  const counts = new Map<number, number>();
  for (const { at } of calls) {
    counts.set(minuteOf(at), (counts.get(minuteOf(at)) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
