import { parseArgs } from 'node:util';
import { runDrill } from './campaign-drill/run-drill.ts';

const USAGE = `Tells subscribers on Zalo, Telegram and the web chat of a planned outage by one campaign, across quiet hours and two
SIGKILLs of the server, at 250 notices a second, and judges what phones, pages, short messages and letters show.

  npm run drill:campaign -- [--recipients 100000]

Ends with 1 when anything is wrong.`;

const { values } = parseArgs({
  options: { recipients: { type: 'string', default: '100000' }, help: { type: 'boolean', short: 'h', default: false } },
});
const recipients = Number(values.recipients);
if (values.help || !Number.isInteger(recipients) || recipients < 1) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 1);
}
const startedAt = performance.now();
const say = (line: string) => console.log(`${Math.round((performance.now() - startedAt) / 1_000)} s: ${line}`);
const { violations, ...figures } = await runDrill(recipients, say);
console.log(
  Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', '),
);
for (const line of violations) {
  console.error(`VIOLATION ${line}`);
}
process.exit(violations.length === 0 ? 0 : 1);
