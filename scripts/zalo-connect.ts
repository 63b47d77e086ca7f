import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connectOa } from '../src/integrations/channels/zalo/connect-oa.ts';
import { readZaloSettings, ZALO_NEEDED } from '../src/integrations/channels/zalo/read-zalo-settings.ts';
import { sealTokens } from '../src/integrations/channels/zalo/sealed-tokens.ts';
import { systemClock } from '../src/integrations/system-clock.ts';
import { openTarget } from './storage/open-target.ts';

const USAGE = `Connects the Zalo Official Account: an admin of it must open the address that is shown, and consent.

  npm run zalo:connect -- [--db FILE] [--local PORT] [--open] [--minutes 30]

  Reads the same environment as the service: ZALO_…, SECRET_KEY and PUBLIC_URL; the tokens go to its database,
  unless --db names another file.
  The consent comes back to the running service at PUBLIC_URL/channels/zalo/callback.
  --local PORT  it comes back to this command at http://localhost:PORT/channels/zalo/callback instead: that address
                must be the callback in Zalo's console, and the browser must run on this machine
  --open        opens the address in a browser`;

const MINUTE_MS = 60_000;

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      db: { type: 'string' },
      local: { type: 'string' },
      open: { type: 'boolean', default: false },
      minutes: { type: 'string', default: '30' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { SECRET_KEY: secretKey = '', PUBLIC_URL: publicUrl = '' } = process.env;
  const setup = readZaloSettings(Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')));
  if (setup === undefined || secretKey === '' || (publicUrl === '' && values.local === undefined)) {
    throw new Error(`Set ${ZALO_NEEDED.join(', ')}, SECRET_KEY and PUBLIC_URL (or give --local PORT).\n\n${USAGE}`);
  }
  const storage = await openTarget(values.db);
  try {
    const { zalo: store } = storage;
    await connectOa({
      ...setup,
      store: { ...store, tokens: sealTokens(store.tokens, secretKey) },
      callback: values.local === undefined ? { publicUrl } : { port: Number(values.local) },
      clock: systemClock,
      sleep,
      onAddress(url) {
        console.log(`Open this address as an admin of the Official Account:\n\n  ${url}\n\nWaiting for the consent…`);
        if (values.open) {
          openInBrowser(url);
        }
      },
      waitMs: Number(values.minutes) * MINUTE_MS,
    });
    console.log('Connected. The tokens are stored; the service uses them at once.');
  } finally {
    await storage.close();
  }
}

function openInBrowser(url: string): void {
  const [command, ...first] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler']
      : process.platform === 'darwin'
        ? ['open']
        : ['xdg-open'];
  const browser = spawn(command ?? '', [...first, url], { stdio: 'ignore', detached: true });
  browser.on('error', () => console.log('No browser could be opened: open the address by hand.'));
  browser.unref();
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
