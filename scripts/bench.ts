import { parseArgs } from 'node:util';
import { benchTurns, type TurnsResult } from './bench/turns/bench-turns.ts';

/** `npm run bench [turns] [-- --rounds N --turns N --customers N --only a,b --json]`: JSON and a table. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    turns: { type: 'string', default: '2000' },
    customers: { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
    'cpu-prof': { type: 'string' },
  },
});
const [subject = 'turns'] = positionals;
if (subject !== 'turns') {
  console.error(`There is no benchmark "${subject}". Known: turns.`);
  process.exit(1);
}

const profileFolder = values['cpu-prof'];
const results = await benchTurns({
  rounds: Number(values.rounds),
  turns: Number(values.turns),
  customers: Number(values.customers),
  only: values.only.split(',').filter((name) => name !== ''),
  execArgv: profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`],
});
console.log(JSON.stringify({ benchmark: 'turns', node: process.version, results }, null, 2));
console.table(Object.fromEntries(results.map((result) => [result.contestant, row(result)])));

function row({ what, turnsPerCpuSecond, turnsPerSecond, ratio }: TurnsResult) {
  return { what, 'turns/CPU-s': turnsPerCpuSecond, 'turns/s': turnsPerSecond, 'ratio to bare Node': ratio ?? '' };
}
