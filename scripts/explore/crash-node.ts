import { setImmediate as nextRound } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import { loadDeskRules } from '../../src/integrations/agent-desk/load-desk-rules.ts';
import { loadNoticeRules } from '../../src/integrations/notices/load-notice-rules.ts';
import { startServer } from '../../src/start-server.ts';
import { commitFault } from './commit-fault.ts';
import { holdMessages, type Release } from './held-messages.ts';

/**
 * A server that kills itself (SIGKILL) at the n-th write boundary after it was armed. `CRASH_AT` arms it as soon as it
 * listens; its parent arms it anew, and asks how many boundaries it has passed since. The parent may also name the
 * write before which it stops as it is, or kills itself. Its clock runs ahead of the machine's by `CLOCK_AHEAD_MS`, or
 * by what its parent orders. `ASSIGNMENT` and `HEARTBEAT_MS` change the desk, `NOTICE_RULES` names another file of rules.
 * With `ONLY_ORDERS` nothing is done by the clock, and no message is let in, but as the parent orders.
 */
export type CrashNodeOrder =
  | { readonly arm: number }
  | { readonly count: true }
  | { readonly aheadMs: number }
  /** Lets messages in so: see `holdMessages`. */
  | { readonly release: readonly Release[] }
  /** Answered when nothing is under way. */
  | { readonly idle: true }
  /** Turns the clock, does the chores, and answers when nothing is under way. */
  | { readonly settleMs: number }
  | { readonly before: string; readonly signal: 'SIGSTOP' | 'SIGKILL' };

let crashAt = 0;
let passed = 0;
let strike: Extract<CrashNodeOrder, { before: string }> | undefined;
let aheadMs = Number(process.env['CLOCK_AHEAD_MS'] ?? 0);

function arm(boundary: number): void {
  crashAt = boundary;
  passed = 0;
}

function onBoundary(when: 'before' | 'after', names: readonly string[]): void {
  passed += 1;
  if (passed === crashAt) {
    process.send?.({ killed: `${when} ${names.join('+')}` });
    process.kill(process.pid, 'SIGKILL');
  }
  if (strike !== undefined && when === 'before' && names.includes(strike.before)) {
    const { before, signal } = strike;
    strike = undefined;
    process.send?.({ struck: before });
    process.kill(process.pid, signal);
  }
}

const { ASSIGNMENT, HEARTBEAT_MS, NOTICE_RULES, ONLY_ORDERS } = process.env;
const clock = { now: () => Date.now() + aheadMs };
const config = readConfig();
commitFault(config.dataFolder, process.env['EXPLORE_FAULT'] ?? '');
const held = ONLY_ORDERS === undefined ? undefined : holdMessages(() => server.doChores());
const firstCrash = Number(process.env['CRASH_AT'] ?? 0);
// What a start writes counts where somebody follows each write.
arm(held === undefined ? 0 : firstCrash);
const server = await startServer(config, {
  ...{ onBoundary, clock, choresWhenAsked: ONLY_ORDERS !== undefined },
  ...(ASSIGNMENT === 'automatic' && { deskRules: { ...loadDeskRules(), assignment: ASSIGNMENT } }),
  ...(NOTICE_RULES !== undefined && { noticeRules: loadNoticeRules(NOTICE_RULES) }),
  ...(HEARTBEAT_MS !== undefined && { heartbeatMs: Number(HEARTBEAT_MS) }),
});

/** Until a look finds that nothing has been written since the look before. */
async function untilIdle(): Promise<void> {
  await held?.isOver();
  for (let before = -1; before !== passed; ) {
    before = passed;
    await server.idle();
    await nextRound();
  }
}

process.on('message', (order: CrashNodeOrder) => {
  if ('arm' in order) {
    arm(order.arm);
    process.send?.({ armed: order.arm });
  } else if ('aheadMs' in order) {
    aheadMs = order.aheadMs;
    process.send?.({ ahead: aheadMs });
  } else if ('release' in order) {
    held?.release(order.release);
    process.send?.({ holding: order.release.length });
  } else if ('idle' in order) {
    void untilIdle().then(() => process.send?.({ idle: passed }));
  } else if ('settleMs' in order) {
    aheadMs += order.settleMs;
    void server
      .doChores()
      .then(untilIdle)
      .then(() => process.send?.({ settled: passed }));
  } else if ('before' in order) {
    strike = order;
    process.send?.({ planned: order.before });
  } else {
    process.send?.({ passed });
  }
});
process.on('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
if (held === undefined) {
  arm(firstCrash);
}
process.send?.({ address: server.address });
