import { readConfig } from '../../src/config.ts';
import { loadDeskRules } from '../../src/integrations/agent-desk/load-desk-rules.ts';
import { loadNoticeRules } from '../../src/integrations/notices/load-notice-rules.ts';
import { startServer } from '../../src/start-server.ts';
import { commitFault } from './commit-fault.ts';

/**
 * A server that kills itself (SIGKILL) at the n-th write boundary after it was armed. `CRASH_AT` arms it as soon as it
 * listens; its parent arms it anew, and asks how many boundaries it has passed since. The parent may also name the
 * write before which it stops as it is, or kills itself. Its clock runs ahead of the machine's by `CLOCK_AHEAD_MS`, or
 * by what its parent orders. `ASSIGNMENT` and `HEARTBEAT_MS` change the desk, `NOTICE_RULES` names another file of rules.
 */
export type CrashNodeOrder =
  | { readonly arm: number }
  | { readonly count: true }
  | { readonly aheadMs: number }
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
    process.kill(process.pid, 'SIGKILL');
  }
  if (strike !== undefined && when === 'before' && names.includes(strike.before)) {
    const { before, signal } = strike;
    strike = undefined;
    process.send?.({ struck: before });
    process.kill(process.pid, signal);
  }
}

const { ASSIGNMENT, HEARTBEAT_MS, NOTICE_RULES } = process.env;
const clock = { now: () => Date.now() + aheadMs };
const config = readConfig();
commitFault(config.dataFolder, process.env['EXPLORE_FAULT'] ?? '');
const server = await startServer(config, {
  ...{ onBoundary, clock },
  ...(ASSIGNMENT === 'automatic' && { deskRules: { ...loadDeskRules(), assignment: ASSIGNMENT } }),
  ...(NOTICE_RULES !== undefined && { noticeRules: loadNoticeRules(NOTICE_RULES) }),
  ...(HEARTBEAT_MS !== undefined && { heartbeatMs: Number(HEARTBEAT_MS) }),
});
process.on('message', (order: CrashNodeOrder) => {
  if ('arm' in order) {
    arm(order.arm);
    process.send?.({ armed: order.arm });
  } else if ('aheadMs' in order) {
    aheadMs = order.aheadMs;
    process.send?.({ ahead: aheadMs });
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
arm(Number(process.env['CRASH_AT'] ?? 0));
process.send?.({ address: server.address });
