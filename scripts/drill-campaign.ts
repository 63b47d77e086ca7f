import { parseArgs } from 'node:util';
import { runDrill } from './campaign-drill/run-drill.ts';

const USAGE = `Tells subscribers of a planned outage by one campaign, across quiet hours and two SIGKILLs, and judges what they saw.

  npm run drill:campaign -- [--recipients 100000]

The pace is that of the web channel in data/notices/rules.yaml. 100,000 take about eight minutes.`;

const { values } = parseArgs({
  options: { recipients: { type: 'string', default: '100000' }, help: { type: 'boolean', short: 'h', default: false } },
});
const recipients = Number(values.recipients);
if (values.help || !Number.isInteger(recipients) || recipients < 1) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 1);
}
const { violations, ...figures } = await runDrill(recipients, (line) => console.log(line));
console.log(
  Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', '),
);
for (const line of violations) {
  console.error(`VIOLATION ${line}`);
}
process.exit(violations.length === 0 ? 0 : 1);
