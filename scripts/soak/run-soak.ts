import { setTimeout as sleep } from 'node:timers/promises';
import type { Control } from '../../simulators/zalo/control/create-control.ts';
import type { TrackedMessage } from '../../src/bot/message.ts';
import { render } from '../../src/integrations/channels/zalo/render.ts';
import { ZALO_DEFAULTS } from '../../src/integrations/channels/zalo/settings.ts';
import { createSqliteDeliveryLedger } from '../../src/integrations/storage/sqlite/delivery-ledger.ts';
import {
  type CustomerRecord,
  judgeCustomer,
  type KeptMessage,
  type ShownLine,
  type Verdict,
  type WrittenMessage,
} from './judge-soak.ts';
import { QUESTIONS } from './questions.ts';
import type { PlannedCustomer, PlannedTrouble, SoakPlan } from './soak-plan.ts';
import { openZaloStage, type ZaloStage } from './zalo-stage.ts';

export interface SoakResult extends Verdict {
  readonly seed: number;
  readonly messages: number;
  readonly answers: number;
  readonly kills: number;
  /** How often each fault was done to an event or a call. */
  readonly faults: ReadonlyMap<string, number>;
  /** Answers of Zalo to a send that the product never saw. */
  readonly lostAnswers: number;
  readonly tookMs: number;
}

const AT_ONCE = 16;
const POLL_MS = 40;
/** Real time without anything new after which the clocks are turned, and by how much. */
const STUCK_MS = 700;
const FIRST_TURN_MS = 15_000;
const LONGEST_TURN_MS = 240_000;
const SEND_PATH = '/v3.0/oa/message/cs';
const LOST = ['dropFirstAnswer', 'hang', 'reset'];
const OPEN_STATES = ['queued', 'sending'];
/** Echoes and receipts that Zalo repeats for an hour are all in by then. */
const AFTERWARDS_MS = 2 * 60 * 60_000;

/** Plays a plan against the product and judges what the phones saw. Throws when it does not come to an end. */
export async function runSoak(plan: SoakPlan, progress: (line: string) => void = () => {}): Promise<SoakResult> {
  const startedAt = performance.now();
  // The clocks are turned by hours, and a message that the lists bring shall be answered all the same.
  const env = { ZALO_STALE_AFTER_MINUTES: '600' };
  const stage = await openZaloStage({ simulator: { seed: `soak ${plan.seed}` }, env });
  try {
    stage.control.setFaults(plan.faults);
    const users = await play(stage, plan, progress);
    await settleAll(stage, users);
    const verdicts = await Promise.all(users.map((userId, index) => judge(stage, userId, `customer ${index}`)));
    const total = (of: (verdict: Verdict) => number) => verdicts.reduce((sum, verdict) => sum + of(verdict), 0);
    const { calls } = stage.control.world();
    const uncertain = total((verdict) => verdict.uncertain);
    const lostAnswers = calls.filter((call) => call.path === SEND_PATH && hasAny(call.faults, LOST)).length;
    const kills = plan.troubles.filter(({ what }) => what.kind === 'kill').length;
    const violations = verdicts.flatMap((verdict) => verdict.violations);
    if (uncertain > lostAnswers + kills) {
      violations.push(
        `${uncertain} messages are uncertain, though only ${lostAnswers} answers and ${kills} servers died`,
      );
    }
    return {
      ...{ seed: plan.seed, violations, uncertain, lostAnswers, kills },
      unseen: total((verdict) => verdict.unseen),
      overtaken: total((verdict) => verdict.overtaken),
      messages: users.length * QUESTIONS.length,
      answers: users.reduce((sum, userId) => sum + shownTo(stage, userId).length, 0),
      faults: countFaults(stage.control),
      tookMs: performance.now() - startedAt,
    };
  } finally {
    await stage.close();
  }
}

async function play(stage: ZaloStage, plan: SoakPlan, progress: (line: string) => void): Promise<readonly string[]> {
  const { control } = stage;
  const users = plan.customers.map((_, index) => control.createUser({ name: `Khách ${index}` }).id);
  const troubles = [...plan.troubles];
  let written = 0;
  const waiting = new Set<Promise<void>>();

  function countUp(): void {
    written += 1;
    for (let next = troubles[0]; next !== undefined && next.afterMessages <= written; next = troubles[0]) {
      troubles.shift();
      progress(`after ${written} messages: ${JSON.stringify(next.what)}`);
      waiting.add(makeTrouble(stage, next));
    }
  }

  async function live(customer: PlannedCustomer, userId: string): Promise<void> {
    for (const burst of customer.bursts) {
      for (const text of burst) {
        control.say(userId, text);
        countUp();
      }
      await until(() => isAnswered(stage, userId, burst));
    }
  }

  const keeper = keepTimeMoving(stage);
  const queue = plan.customers.map((customer, index) => [customer, users[index] ?? ''] as const)[Symbol.iterator]();
  async function worker(): Promise<void> {
    for (const [customer, userId] of queue) {
      await live(customer, userId);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await Promise.all(waiting);
  await keeper.stop();
  return users;
}

async function makeTrouble(stage: ZaloStage, { what }: PlannedTrouble): Promise<void> {
  switch (what.kind) {
    case 'kill':
      if (await stage.server().arm(what.boundary)) {
        await stage.restart();
      }
      return;
    case 'token_expiry':
      stage.control.expireTokens();
      return;
    case 'rate_burst':
      stage.control.setFaults({ ...stage.control.world().faults, rateBurst: what.calls });
      return;
  }
}

/** Whether each of these messages has been handled and its answers are out, or known to be in doubt. */
async function isAnswered(stage: ZaloStage, userId: string, texts: readonly string[]): Promise<boolean> {
  const kept = await stage.messages(userId);
  const handled = new Set(kept.map(({ content }) => content?.text));
  const isOut = kept.every(({ direction, delivery }) => direction === 'in' || !OPEN_STATES.includes(delivery ?? ''));
  return isOut && texts.every((text) => handled.has(text));
}

/**
 * Turns the clocks whenever nothing happens, further each time: ladders, retries and the next minute of the rate limit
 * come at once. Not while a send is under way, as the patience of the product is real time, nor while there is no server:
 * a start takes seconds, and should not be hours of silence to Zalo. Nor while an event is held back for a moment: the time
 * for which the product waits for it would be over before it comes.
 */
function keepTimeMoving(stage: ZaloStage): { stop(): Promise<void> } {
  const ledger = createSqliteDeliveryLedger(stage.db);
  const isSending = async () => (await ledger.open({ before: Number.MAX_SAFE_INTEGER, limit: 1 })).length > 0;
  const isHeldBack = () =>
    stage.control.world().deliveries.some(({ state, isExtra }) => state === 'pending' && !isExtra);
  let isOver = false;
  const running = (async () => {
    let [last, since, turnMs] = ['', performance.now(), FIRST_TURN_MS];
    while (!isOver) {
      await sleep(POLL_MS);
      const { calls, messages, deliveries } = stage.control.world();
      const seen = `${calls.length} ${messages.size} ${deliveries.filter(({ state }) => state === 'delivered').length}`;
      if (seen !== last) {
        [last, since, turnMs] = [seen, performance.now(), FIRST_TURN_MS];
      } else if (performance.now() - since > STUCK_MS && stage.isUp() && !isHeldBack() && !(await isSending())) {
        await stage.advance(turnMs);
        [since, turnMs] = [performance.now(), Math.min(turnMs * 2, LONGEST_TURN_MS)];
      }
    }
  })();
  return {
    async stop() {
      isOver = true;
      await running;
    },
  };
}

/** Lets everything that is still on its way arrive: repeats, echoes, receipts. */
async function settleAll(stage: ZaloStage, users: readonly string[]): Promise<void> {
  await stage.advance(AFTERWARDS_MS);
  for (const userId of users) {
    await until(() => isAnswered(stage, userId, []));
  }
  await sleep(ZALO_DEFAULTS.echoSettleMs);
  await stage.control.settle();
}

async function judge(stage: ZaloStage, userId: string, name: string): Promise<Verdict> {
  const { control } = stage;
  const written = control
    .transcript(userId)
    .filter(({ author }) => author === 'user')
    .map(({ id, text = '' }) => arrivalOf(control, id, text));
  const messages = await stage.messages(userId);
  const record = { name, written, shown: shownTo(stage, userId), kept: messages.map(toKept) };
  const verdict = judgeCustomer(record, ZALO_DEFAULTS.settleMs);
  return { ...verdict, violations: verdict.violations.length === 0 ? [] : [...verdict.violations, describe(record)] };
}

function toKept({ seq, direction, content, reply, delivery }: TrackedMessage): KeptMessage {
  return direction === 'in' || reply === undefined
    ? { seq, said: content?.text ?? '' }
    : { seq, delivery, lines: render(reply, seq, ZALO_DEFAULTS).parts.map(({ text }) => text) };
}

/** Both sides of a conversation, for whoever looks for the mistake. */
function describe({ name, shown, kept }: CustomerRecord): string {
  const start = (text: string) => text.replaceAll('\n', ' ').slice(0, 40);
  const ours = kept.map((message) =>
    'said' in message
      ? `${message.seq} ${start(message.said)}`
      : `${message.seq} ${message.delivery}: ${message.lines.map(start).join(' | ')}`,
  );
  return [`${name}, kept:`, ...ours, 'shown:', ...shown.map(({ text, seq = '?' }) => `${seq} ${start(text)}`)].join(
    '\n    ',
  );
}

function arrivalOf(control: Control, messageId: string, text: string): WrittenMessage {
  const attempts = control
    .world()
    .deliveries.filter((delivery) => delivery.messageId === messageId && !delivery.faults.includes('unknownEvent'))
    .flatMap((delivery) => delivery.attempts);
  const taken = attempts
    .filter(({ result }) => result === 200 || result === 'answer_lost')
    .sort((a, b) => a.at + a.tookMs - (b.at + b.tookMs));
  // Also what was not answered in time, or by a server that died, may have been kept.
  const deliveredFrom = Math.min(
    ...attempts.filter(({ result }) => typeof result === 'string' || result === 200).map(({ at }) => at),
  );
  return { text, deliveredFrom, acknowledgedAt: (taken[0]?.at ?? Number.NaN) + (taken[0]?.tookMs ?? 0) };
}

function shownTo({ control, db, conversationOf }: ZaloStage, userId: string): readonly ShownLine[] {
  const partOf = db.sqlite
    .prepare<[string, string], number>('SELECT seq FROM zalo_sends WHERE message_id = ? AND conversation_id = ?')
    .pluck();
  return control
    .transcript(userId)
    .filter(({ author }) => author !== 'user')
    .map(({ id, text = '' }) => {
      const seq = partOf.get(id, conversationOf(userId));
      return { text, ...(seq !== undefined && { seq }) };
    });
}

function countFaults(control: Control): ReadonlyMap<string, number> {
  const { calls, deliveries } = control.world();
  const counts = new Map<string, number>();
  for (const name of [...calls, ...deliveries].flatMap(({ faults }) => faults)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function hasAny(names: readonly string[], wanted: readonly string[]): boolean {
  return names.some((name) => wanted.includes(name));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    await sleep(POLL_MS);
  }
}
