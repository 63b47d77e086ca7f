import { type ExploredSeeds, keepExplored, sumExplored } from './explore/exploration-log.ts';
import { createCrowdExplorer } from './explore/explore-crowds.ts';
import { createNodesExplorer, type NodesExplorer } from './explore/explore-nodes.ts';
import { CROWD, planCrowd } from './explore/plan-crowd.ts';
import { readFlags } from './read-flags.ts';

const USAGE = `Kills the server while customers talk to it, and checks what each of them sees. Ends with 1 when anything is wrong.

  npm run explore -- [--seed 1] [--runs 20] [--jobs 1] [--nodes K] [--log FILE] [--fault forget_events]

  --nodes  the product runs on K nodes over a MongoDB-compatible server and Redis, and nodes are killed and paused,
           connections dropped and slowed
  --jobs   so many crowds, or clusters of nodes, at a time
  --log    appends the counts to a file
  --fault  the one node breaks a promise on purpose, and the explorer has to find it`;

const { values } = readFlags(USAGE, {
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '20' },
    jobs: { type: 'string', default: '1' },
    nodes: { type: 'string' },
    fault: { type: 'string', default: '' },
    log: { type: 'string' },
  },
});
const first = Number(values.seed);
const end = first + Number(values.runs);
const jobs = Number(values.jobs);

/** What one play has come to: the faults that it met, and each of its seeds. */
interface Played {
  readonly faults: readonly string[];
  /** How often an agent has held a conversation with nothing to break it off. */
  readonly holds?: number;
  readonly seeds: readonly {
    readonly seed: number;
    readonly what: string;
    readonly struck: number;
    readonly wrong: readonly string[];
  }[];
}

interface Explorer {
  /** Seeds that are played together. */
  readonly together: number;
  /** So many seeds, and what they have come to is shown and kept. */
  readonly shownEvery: number;
  play(number: number): Promise<Played>;
  close(): Promise<void>;
}

async function onOneNode(): Promise<Explorer> {
  const explorer = await createCrowdExplorer();
  return {
    together: CROWD,
    shownEvery: 100,
    async play(number) {
      const { deaths, seats } = await explorer.play(planCrowd(number), values.fault);
      const seeds = seats.map(({ journey, struck, wrong }, seat) => ({
        seed: number * CROWD + seat,
        what: `${journey}, its server killed ${deaths.join(', ')}`,
        ...{ struck, wrong },
      }));
      return { faults: deaths, seeds };
    },
    close: explorer.close,
  };
}

async function onNodes(count: number): Promise<Explorer> {
  const explorers = await Promise.all(Array.from({ length: jobs }, () => createNodesExplorer(count)));
  const free = [...explorers];
  return {
    together: 1,
    shownEvery: 20,
    async play(seed) {
      // There are as many as jobs.
      const explorer = free.shift() as NodesExplorer;
      try {
        const { faults, holds, wrong } = await explorer.run(seed);
        const what = faults.join('; ') || 'no fault was reached';
        return { faults, holds, seeds: [{ seed, what, struck: faults.length, wrong }] };
      } finally {
        free.push(explorer);
      }
    },
    async close() {
      await Promise.all(explorers.map((explorer) => explorer.close()));
    },
  };
}

const explorer = await (values.nodes === undefined ? onOneNode() : onNodes(Number(values.nodes)));
let explored: ExploredSeeds = startAt(first);
let violations = 0;
const again = `${values.nodes ? ` --nodes ${values.nodes}` : ''}${values.fault ? ` --fault ${values.fault}` : ''}`;
let played = 0;

function startAt(from: number): ExploredSeeds {
  return { from, to: from, played: 0, faults: 0, unstruck: 0, holds: 0, violations: [] };
}

function count({ faults, holds = 0, seeds }: Played): void {
  const asked = seeds.filter(({ seed }) => seed >= first && seed < end);
  const broken = asked.filter(({ wrong }) => wrong.length > 0);
  for (const [index, { seed, what, wrong }] of broken.entries()) {
    const words = wrong.join(' ');
    console.log(`seed ${seed}: ${what}: ${words === broken[index - 1]?.wrong.join(' ') ? 'the same' : words}`);
    console.log(`  again: npm run explore -- --seed ${seed} --runs 1${again}`);
  }
  explored = {
    from: Math.min(explored.from, ...asked.map(({ seed }) => seed)),
    to: Math.max(explored.to, ...asked.map(({ seed }) => seed)),
    played: explored.played + asked.length,
    faults: explored.faults + faults.length,
    holds: (explored.holds ?? 0) + holds,
    unstruck: explored.unstruck + asked.filter(({ struck }) => struck === 0).length,
    violations: [
      ...explored.violations,
      ...broken.map(({ seed, what, wrong }) => `${seed}: ${what}: ${wrong.join(' ')}`),
    ],
  };
  if (explored.played >= explorer.shownEvery) {
    tell();
  }
}

function tell(): void {
  played += explored.played;
  violations += explored.violations.length;
  if (explored.played > 0) {
    console.log(
      `seeds ${explored.from} to ${explored.to}: ${explored.played} played, ${explored.faults} faults, ${explored.unstruck} met by none, ${explored.holds} times held by an agent, ${explored.violations.length} violations`,
    );
    if (values.log !== undefined) {
      keepExplored(values.log, explored);
      console.log(`in ${values.log}: ${JSON.stringify(sumExplored(values.log))}`);
    }
  }
  explored = startAt(explored.to + 1);
}

/** One play after the other, shared with the other jobs. */
async function work(numbers: IterableIterator<number>): Promise<void> {
  for (const number of numbers) {
    count(await explorer.play(number).catch((error: unknown) => unplayed(number, error)));
  }
}

/** Nobody knows what became of its seeds, which is a violation of each. */
function unplayed(number: number, error: unknown): Played {
  const seeds = Array.from({ length: explorer.together }, (_, index) => ({
    seed: number * explorer.together + index,
    what: 'not played to its end',
    struck: 0,
    wrong: [String(error)],
  }));
  return { faults: [], seeds };
}

try {
  const [from, to] = [first, end - 1].map((seed) => Math.floor(seed / explorer.together)) as [number, number];
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index)[Symbol.iterator]();
  await Promise.all(Array.from({ length: jobs }, () => work(numbers)));
} finally {
  tell();
  await explorer.close();
}
console.log(`${played} seeds, ${violations} violations.`);
process.exitCode = violations === 0 ? 0 : 1;
