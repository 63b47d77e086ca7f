import { parseArgs } from 'node:util';
import { runSoak } from './soak/run-soak.ts';
import { runStorm } from './soak/run-storm.ts';
import { planSoak } from './soak/soak-plan.ts';

const USAGE = `Plays customers on Zalo's side against the product, with faults, and judges what their phones show.

  npm run soak -- [--seed N] [--messages 2000]
  npm run soak -- --storm [--messages 20000]

The same seed makes the same plan: faults by event and call, three SIGKILLs at write boundaries, token expiries.
--storm has no faults: so many customers report an outage in ten minutes, and Zalo takes 4,000 calls a minute.`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    messages: { type: 'string' },
    storm: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const seed = Number(values.seed);
const messages = Number(values.messages ?? (values.storm ? 20_000 : 2_000));
if (values.help || !Number.isInteger(seed) || !Number.isInteger(messages) || messages < 1) {
  console.error(USAGE);
  process.exit(values.help ? 0 : 1);
}

process.exit(values.storm ? await storm() : await soak());

/** Resolves with the exit code, like `storm`. */
async function soak(): Promise<number> {
  const result = await runSoak(planSoak(seed, messages), (line) => console.log(line));
  const { violations, faults, tookMs, ...counts } = result;
  print(counts);
  console.log(`faults: ${[...faults].map(([name, count]) => `${name} ${count}`).join(', ')}`);
  for (const line of violations) {
    console.error(`VIOLATION ${line}`);
  }
  const seconds = (tookMs / 1_000).toFixed(0);
  console.log(`${violations.length} violations in ${seconds} s; repeat with --seed ${seed} --messages ${messages}`);
  return violations.length === 0 ? 0 : 1;
}

async function storm(): Promise<number> {
  const result = await runStorm({ reports: messages, callsPerMinute: 4_000, sliceMs: 1_000 });
  print(result);
  const { answered, webhookTimeouts, overtaken } = result;
  return answered === messages && webhookTimeouts === 0 && overtaken === 0 ? 0 : 1;
}

function print(counts: object): void {
  console.log(
    Object.entries(counts)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  );
}
