import { parseArgs } from 'node:util';
import { runSoak } from './soak/run-soak.ts';
import { planSoak } from './soak/soak-plan.ts';

const USAGE = `Plays customers on Zalo's side against the product, with faults, and judges what their phones show.

  npm run soak -- [--seed N] [--messages 2000]

The same seed makes the same plan: faults by event and call, three SIGKILLs at write boundaries, token expiries.`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    messages: { type: 'string', default: '2000' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const [seed, messages] = [Number(values.seed), Number(values.messages)];
if (values.help || !Number.isInteger(seed) || !Number.isInteger(messages) || messages < 1) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 1);
}

const result = await runSoak(planSoak(seed, messages), (line) => console.log(line));
const { violations, faults, tookMs, ...counts } = result;
console.log(
  Object.entries(counts)
    .map(([name, value]) => `${name} ${value}`)
    .join(', '),
);
console.log(`faults: ${[...faults].map(([name, count]) => `${name} ${count}`).join(', ')}`);
for (const line of violations) {
  console.error(`VIOLATION ${line}`);
}
console.log(
  `${violations.length} violations in ${(tookMs / 1_000).toFixed(0)} s; repeat with --seed ${seed} --messages ${messages}`,
);
process.exit(violations.length === 0 ? 0 : 1);
