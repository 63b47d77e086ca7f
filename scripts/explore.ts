import { parseArgs } from 'node:util';
import { createCrashExplorer } from './explore/explore-crashes.ts';
import { createNodesExplorer } from './explore/explore-nodes.ts';
import { journeys } from './explore/journeys.ts';
import { createRandom } from './explore/seeded-random.ts';

/**
 * `npm run explore -- --seed N --runs M`: kills the server at seeded write boundaries and checks what a customer sees.
 * With `--nodes K` the product runs on K nodes over a MongoDB-compatible server and Redis, and nodes are killed and
 * paused, connections dropped and slowed. With `--fault forget_events` the one node breaks a promise on purpose, and the
 * explorer has to find it.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '20' },
    nodes: { type: 'string' },
    fault: { type: 'string', default: '' },
  },
});
const seed = Number(values.seed);
const runs = Number(values.runs);
const MOST_CRASHES = 3;

interface Explorer {
  /** What was done, in words, and what was wrong. */
  run(seed: number): Promise<{ readonly what: string; readonly wrong: readonly string[] }>;
  close(): Promise<void>;
}

async function onOneNode(): Promise<Explorer> {
  const explorer = await createCrashExplorer(values.fault);
  const [first, ...others] = journeys;
  const expectations = [await explorer.expect(first), ...(await Promise.all(others.map(explorer.expect)))] as const;
  return {
    async run(runSeed) {
      const random = createRandom(runSeed);
      const expected = random.pick(expectations);
      const plan = Array.from({ length: random.integer(1, MOST_CRASHES) }, () =>
        random.integer(1, expected.boundaries),
      );
      const wrong = await explorer.run([plan], expected);
      return { what: `${expected.journey.name}, killed at ${plan.join(', ')}`, wrong };
    },
    close: explorer.close,
  };
}

async function onNodes(count: number): Promise<Explorer> {
  const explorer = await createNodesExplorer(count);
  return {
    async run(runSeed) {
      const { faults, wrong } = await explorer.run(runSeed);
      return { what: faults.join('; ') || 'no fault was reached', wrong };
    },
    close: explorer.close,
  };
}

const explorer = await (values.nodes === undefined ? onOneNode() : onNodes(Number(values.nodes)));
let violations = 0;
try {
  for (let run = 0; run < runs; run += 1) {
    const { what, wrong } = await explorer.run(seed + run).catch((error: unknown) => ({
      what: 'not played to its end',
      wrong: [String(error)],
    }));
    violations += wrong.length === 0 ? 0 : 1;
    console.log(`seed ${seed + run}: ${what}: ${wrong.join(' ') || 'ok'}`);
  }
} finally {
  await explorer.close();
}
console.log(`${runs} runs, ${violations} violations.`);
process.exitCode = violations === 0 ? 0 : 1;
