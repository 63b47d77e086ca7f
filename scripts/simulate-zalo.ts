import { parseArgs } from 'node:util';
import { createZaloSimulator } from '../simulators/zalo/create-zalo-simulator.ts';

const USAGE = `Plays Zalo's servers and its users' phones, on this machine only.

  npm run simulate:zalo -- [--port 20180] [--webhook URL] [--callback URL] [--seed TEXT] [--events none|chatbot|all] [--manual-clock]

  --webhook   address of the product's webhook; it is probed and saved like in Zalo's console
  --callback  address that the consent page may return to
  --events    event switches that are on at the start (chatbot)`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '20180' },
    webhook: { type: 'string' },
    callback: { type: 'string' },
    seed: { type: 'string' },
    events: { type: 'string', default: 'chatbot' },
    'manual-clock': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const { events } = values;
const port = Number(values.port);
if ((events !== 'none' && events !== 'chatbot' && events !== 'all') || !Number.isInteger(port) || port < 0) {
  console.error(`Wrong value for --events or --port.\n\n${USAGE}`);
  process.exit(1);
}

const simulator = createZaloSimulator({
  seed: values.seed,
  clock: values['manual-clock'] ? 'manual' : 'real',
  events,
  settings: { app: { callbackUrl: values.callback ?? null } },
});
const address = await simulator.listen(port);
const { app, oa } = simulator.control.world().settings;
console.log(`Zalo, simulated: ${address}
  phone     ${address}/phone/zalo
  controls  ${address}/__sim/state
  hosts     ${address} (or ${address}/oauth, /openapi, /business)
  app id ${app.id}, app secret ${app.secret}
  OA id  ${oa.id}, OA secret key ${app.oaSecretKey}`);

if (values.webhook !== undefined) {
  const { accessToken, refreshToken } = simulator.control.issueTokens();
  console.log(`  access token  ${accessToken}\n  refresh token ${refreshToken}`);
  const { isSaved, probes } = await simulator.control.saveWebhook(values.webhook);
  console.log(isSaved ? `  webhook   ${values.webhook}` : `  webhook refused, the probes got: ${probes.join(', ')}`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void simulator.close().then(() => process.exit(0));
  });
}
