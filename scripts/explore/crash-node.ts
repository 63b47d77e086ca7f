import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/start-server.ts';

/**
 * A server that kills itself (SIGKILL) at the n-th write boundary after it was armed. `CRASH_AT` arms it as soon as it
 * listens; its parent arms it anew, and asks how many boundaries it has passed since. Its clock runs ahead of the
 * machine's by `CLOCK_AHEAD_MS`, or by what its parent orders.
 */
export type CrashNodeOrder = { readonly arm: number } | { readonly count: true } | { readonly aheadMs: number };

let crashAt = 0;
let passed = 0;
let aheadMs = Number(process.env['CLOCK_AHEAD_MS'] ?? 0);

function arm(boundary: number): void {
  crashAt = boundary;
  passed = 0;
}

function onBoundary(): void {
  passed += 1;
  if (passed === crashAt) {
    process.kill(process.pid, 'SIGKILL');
  }
}

const clock = { now: () => Date.now() + aheadMs };
const server = await startServer(readConfig(), { onBoundary, clock });
process.on('message', (order: CrashNodeOrder) => {
  if ('arm' in order) {
    arm(order.arm);
    process.send?.({ armed: order.arm });
  } else if ('aheadMs' in order) {
    aheadMs = order.aheadMs;
    process.send?.({ ahead: aheadMs });
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
