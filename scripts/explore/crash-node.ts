import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/start-server.ts';

/**
 * A server that kills itself (SIGKILL) at the n-th write boundary after it has started, n from `CRASH_AT` (0: never).
 * Tells its parent its address, and counts the boundaries that it passed.
 */
const crashAt = Number(process.env['CRASH_AT'] ?? 0);
let isCounting = false;
let passed = 0;

function onBoundary(): void {
  if (!isCounting) {
    return;
  }
  passed += 1;
  if (passed === crashAt) {
    process.kill(process.pid, 'SIGKILL');
  }
}

const server = await startServer(readConfig(), { onBoundary });
process.on('message', (message) => {
  if (message === 'count') {
    process.send?.({ passed });
  }
});
process.on('SIGTERM', () => {
  void server.stop().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
isCounting = true;
process.send?.({ address: server.address });
