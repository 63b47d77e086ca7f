import { benchDesk } from './bench/desk/bench-desk.ts';
import { benchImport } from './bench/import/bench-import.ts';
import { benchMemory } from './bench/memory/bench-memory.ts';
import { benchNlu, type NluResult } from './bench/nlu/bench-nlu.ts';
import { benchStart } from './bench/start/bench-start.ts';
import { benchDay } from './bench/turns/bench-day.ts';
import { benchNodes } from './bench/turns/bench-nodes.ts';
import { benchTurns, type TurnsResult } from './bench/turns/bench-turns.ts';
import { readFlags } from './read-flags.ts';

const USAGE = `Measures, and prints JSON and a table.

  npm run bench -- [turns] [--rounds N] [--turns N] [--customers N] [--only a,b] [--cpu-prof FOLDER]
  npm run bench -- nlu [--rounds N] [--fuzz N]
  npm run bench -- day [--contacts N] [--rate N]
  npm run bench -- nodes [--rounds N] [--turns N] [--customers N]
  npm run bench -- desk [--rounds N]
  npm run bench -- import [--customers N] [--bills M] [--server]
  npm run bench -- memory [--sockets N]
  npm run bench -- start [--rounds N]

  --server  on the server of MONGODB_URL, else on a FerretDB of its own`;

const { values, positionals } = readFlags(USAGE, {
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    turns: { type: 'string' },
    customers: { type: 'string' },
    contacts: { type: 'string', default: '12000' },
    rate: { type: 'string' },
    bills: { type: 'string', default: '12' },
    server: { type: 'boolean', default: false },
    sockets: { type: 'string', default: '10000' },
    only: { type: 'string', default: '' },
    fuzz: { type: 'string', default: '100000' },
    'cpu-prof': { type: 'string' },
  },
});
const [subject = 'turns'] = positionals;
/** One look at the desk is short: a round makes so many. */
const DESK_REPEATS = 20;
const [TURNS, TURNS_CUSTOMERS] = [2_000, 50];
/** FerretDB takes a second or two for a turn. */
const [NODES_TURNS, NODES_CUSTOMERS] = [60, 3];
const IMPORT_CUSTOMERS = 100_000;
if (subject === 'nlu') {
  const measured = await benchNlu({ rounds: Number(values.rounds), fuzz: Number(values.fuzz) });
  console.log(JSON.stringify({ benchmark: 'nlu', node: process.version, ...measured }, null, 2));
  console.table(Object.fromEntries(measured.results.map((result) => [result.contestant, nluRow(result)])));
  process.exit(0);
}
if (subject === 'desk') {
  const results = await benchDesk({ rounds: Number(values.rounds) * DESK_REPEATS });
  console.log(JSON.stringify({ benchmark: 'desk', node: process.version, results }, null, 2));
  console.table(Object.fromEntries(results.map(({ what, p50, p95 }) => [what, { 'p50 ms': p50, 'p95 ms': p95 }])));
  process.exit(0);
}
if (subject === 'import') {
  const customers = Number(values.customers ?? IMPORT_CUSTOMERS);
  const result = await benchImport({ customers, bills: Number(values.bills), onServer: values.server });
  console.log(JSON.stringify({ benchmark: 'import', node: process.version, customers, ...result }, null, 2));
  process.exit(0);
}
if (subject === 'memory') {
  const result = await benchMemory({ sockets: Number(values.sockets) });
  console.log(JSON.stringify({ benchmark: 'memory', node: process.version, ...result }, null, 2));
  process.exit(0);
}
if (subject === 'start') {
  const results = await benchStart({ rounds: Number(values.rounds) });
  console.log(JSON.stringify({ benchmark: 'start', node: process.version, results }, null, 2));
  console.table(results);
  process.exit(0);
}
if (subject === 'nodes') {
  const results = await benchNodes({
    rounds: Number(values.rounds),
    turns: Number(values.turns ?? NODES_TURNS),
    customers: Number(values.customers ?? NODES_CUSTOMERS),
  });
  console.log(JSON.stringify({ benchmark: 'nodes', node: process.version, results }, null, 2));
  console.table(results);
  process.exit(0);
}
if (subject === 'day') {
  const result = await benchDay({
    contacts: Number(values.contacts),
    rate: values.rate === undefined ? undefined : Number(values.rate),
  });
  console.log(JSON.stringify({ benchmark: 'day', node: process.version, ...result }, null, 2));
  process.exit(0);
}
if (subject !== 'turns') {
  console.error(`There is no benchmark "${subject}". Known: turns, nodes, day, nlu, desk, import, memory, start.`);
  process.exit(1);
}

const profileFolder = values['cpu-prof'];
const results = await benchTurns({
  rounds: Number(values.rounds),
  turns: Number(values.turns ?? TURNS),
  customers: Number(values.customers ?? TURNS_CUSTOMERS),
  only: values.only.split(',').filter((name) => name !== ''),
  execArgv: profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`],
});
console.log(JSON.stringify({ benchmark: 'turns', node: process.version, results }, null, 2));
console.table(Object.fromEntries(results.map((result) => [result.contestant, row(result)])));

function row({ what, turnsPerCpuSecond, turnsPerSecond, p50, p99, ratio }: TurnsResult) {
  return {
    ...{ what, 'turns/CPU-s': turnsPerCpuSecond, 'turns/s': turnsPerSecond },
    ...{ 'p50 ms': p50, 'p99 ms': p99, 'ratio to bare Node': ratio ?? '' },
  };
}

function nluRow({ trainMs, p50, p99, written, stripped, loadMs, modelBytes }: NluResult) {
  return {
    'p50 µs': Math.round(p50),
    'p99 µs': Math.round(p99),
    'training s': (trainMs / 1000).toFixed(1),
    'load ms': loadMs === undefined ? '' : Math.round(loadMs),
    'model MB': modelBytes === undefined ? '' : (modelBytes / 1e6).toFixed(1),
    'right as written %': (100 * written).toFixed(1),
    'right without marks %': (100 * stripped).toFixed(1),
  };
}
