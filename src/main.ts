import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { modelFolderOf } from './model-folder.ts';
import { StartError } from './start-error.ts';
import type { RunningServer } from './start-server.ts';

// Before the sources are loaded, so that they are compiled once and not at every start. Node keeps them by their content;
// where it cannot write it compiles them each time.
enableCompileCache(join(modelFolderOf(process.env), 'compiled'));
const { readConfig } = await import('./config.ts');
const { PHONE_PATH } = await import('./open-demo-zalo.ts');
const { startServer } = await import('./start-server.ts');

/** How long a stop may take before the process ends all the same, ms: rows bring back what was under way. */
const STOP_WITHIN_MS = 10_000;

async function main(): Promise<void> {
  const server = await startServer(readConfig(), {
    onTraining: () => console.log('Đang học cách hiểu tiếng Việt, xin chờ vài giây…'),
  });
  announce(server);
  // Now, and not only when it stops: it may be killed.
  flushCompileCache();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      void server.stop().then(() => process.exit(0));
    });
  }
}

function announce({ address, demo }: RunningServer): void {
  const lines = [
    '',
    `  Lắng Nghe is ready: ${address}`,
    '',
    `  Customer page with the chat   ${address}/`,
    `  Agent desk                    ${address}/desk`,
  ];
  if (demo !== undefined) {
    lines.push(
      `  Zalo on a phone, simulated    ${address}${PHONE_PATH}`,
      '',
      '  Demo customers (one-time codes appear on the phone of the customer page):',
      ...demo.panel.customers.map(({ code, note }) => `    ${code}  ${note}`),
      '  Demo agents:',
      ...demo.agents.map(({ login, password, name }) => `    ${login} / ${password}  ${name}`),
    );
  }
  console.log(`${lines.join('\n')}\n`);
}

main().catch((error: unknown) => {
  // What the operator can mend is one sentence; anything else is our fault and needs its stack.
  const isExpected = error instanceof StartError || (error instanceof Error && error.constructor === Error);
  console.error(isExpected ? `Cannot start: ${error.message}` : error);
  process.exit(1);
});
