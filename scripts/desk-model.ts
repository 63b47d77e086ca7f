import { runModel } from '../test/desk-model/run-model.ts';
import { readFlags } from './read-flags.ts';

const USAGE = `Random agents, customers, drops and kills against the real bot. Ends with 1 when an invariant is violated.

  npm run test:desk-model -- [--seed 1] [--steps 10000]`;

const { values } = readFlags(USAGE, {
  options: { seed: { type: 'string', default: '1' }, steps: { type: 'string', default: '10000' } },
});
const seed = Number(values.seed);
const report = await runModel({ seed, steps: Number(values.steps) });
console.log(
  `seed ${seed}: ${report.steps} steps, ${report.turns} turns, ${report.sends} sends, ${report.kills} kills: ` +
    `${report.violations.length === 0 ? 'every invariant held.' : 'VIOLATED'}`,
);
for (const violation of report.violations) {
  console.log(`  ${violation}`);
}
process.exitCode = report.violations.length === 0 ? 0 : 1;
