import { parseArgs } from 'node:util';
import { runStormDrill } from './storm-drill/run-storm-drill.ts';

const USAGE = `Plays a storm against the product: customers on Zalo, Telegram and the web chat report within ten minutes that the
power is out, a dispatcher and an agent work at the desk, the server is killed twice, and what the phones show is judged.

  npm run drill -- [--reports 20000] [--seed N]

The same seed makes the same people, words, times and kills. Ends with 1 when anything is wrong.`;

const { values } = parseArgs({
  options: {
    reports: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const [reports, seed] = [Number(values.reports), Number(values.seed)];
if (values.help || !Number.isInteger(reports) || !Number.isInteger(seed) || reports < 1) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 1);
}

const FEW = 1_000;
const MOST_SHOWN = 20;
const sliceMs = reports < FEW ? 20_000 : 1_000;
const startedAt = performance.now();
const say = (line: string) => console.log(`${Math.round((performance.now() - startedAt) / 1_000)} s: ${line}`);
const { violations, misgrouped, stories, ...figures } = await runStormDrill({ seed, reports, sliceMs }, say);
console.log(
  Object.entries(figures)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value}`)
    .join(', '),
);
for (const line of misgrouped.slice(0, MOST_SHOWN)) {
  console.log(`grouped wrong: ${line}`);
}
for (const line of violations) {
  console.error(`VIOLATION ${line}`);
}
for (const story of stories) {
  console.log(story);
}
console.log(`${violations.length} violations; repeat with --reports ${reports} --seed ${seed}`);
process.exit(violations.length === 0 ? 0 : 1);
