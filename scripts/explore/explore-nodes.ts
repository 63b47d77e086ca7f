import type { GateFault } from './faulty-gate.ts';
import { createHurry, LOST_AFTER_MS } from './hurry.ts';
import { startCluster } from './node-cluster.ts';
import { createRandom, type SeededRandom } from './seeded-random.ts';
import { compareTranscripts, repeatedIds, toLine } from './transcripts.ts';
import { createWebCustomer, type SeenActivity, type WebCustomer } from './web-customer.ts';

export interface NodesExplorer {
  /** Plays one seed; what it did, and what was wrong: nothing when every promise held. */
  run(seed: number): Promise<{ readonly faults: readonly string[]; readonly wrong: readonly string[] }>;
  close(): Promise<void>;
}

interface Fault {
  readonly node: number;
  readonly at: 'database' | 'redis';
  /** At the n-th piece of traffic there. */
  readonly piece: number;
  readonly kind: 'kill' | 'pause' | 'drop' | 'slow';
  readonly forMs: number;
}

/** What is said, without a one-time code: a phone gets five of them in a day. */
const JOURNEYS: readonly [readonly string[], ...(readonly string[])[]] = [
  ['dây điện đứt rơi xuống đường đang xẹt lửa', 'trước nhà số 12 đường Lê Lợi, Bến Lức', 'không có ai bị thương'],
  ['mai chỗ mình có cúp điện không', 'xã Bến Lức', 'cảm ơn em'],
  ['giá điện sinh hoạt bao nhiêu', 'cho gặp nhân viên', 'alo'],
  ['nhà tôi mất điện rồi', 'không có', 'ấp 3 xã Cần Đước, Tây Ninh', 'chỉ nhà tôi'],
  [
    'tôi muốn khiếu nại nhân viên thu tiền',
    'lập phiếu phản ánh',
    'nhân viên nói chuyện lớn tiếng với mẹ tôi',
    'ấp 3 xã Cần Đước, Tây Ninh',
  ],
];
const CUSTOMERS = 4;
const MOST_FAULTS = 4;
/**
 * Longer than a step takes on a machine that has next to no time for it; and he looks so seldom that his looking is not most
 * of what the nodes do.
 */
const MANNER = { patienceMs: 20 * 60_000, pauseMs: 150 } as const;
/** So much passes before most talks are over. */
const LAST_PIECE = { database: 320, redis: 60 } as const;
const LONGEST_PAUSE_MS = 8_000;
/** The stage's clock begins at nine in the morning. */
const LONGEST_DAY_MS = 4 * 60 * 60_000;
/** What one round of chores takes up, another one may bring to its end. */
const SETTLES = 2;

/** The product on several nodes; its customers go from one to the next with every call, and repeat every message. */
export async function createNodesExplorer(count: number): Promise<NodesExplorer> {
  let cluster = await startCluster(count);
  let expected: readonly (readonly string[])[] = [];
  let isSpoilt = false;
  const hurryWhile = createHurry();
  let calls = 0;
  const anyNode = () => {
    calls += 1;
    return cluster.nodes[calls % count]?.address() ?? '';
  };

  await learn();

  /** What each journey looks like when nothing goes wrong. */
  async function learn(): Promise<void> {
    const customers = await Promise.all(JOURNEYS.map(walkAnew));
    await settle();
    expected = await Promise.all(customers.map(async (customer) => linesOf(await customer.history())));
    await cluster.forget();
  }

  /** Before the office closes, and what is said changes with it; and when nobody knows what the last seed has left. */
  async function beginAnew(): Promise<void> {
    await cluster.close();
    cluster = await startCluster(count);
    await learn();
    isSpoilt = false;
  }

  async function walkAnew(journey: readonly string[]): Promise<WebCustomer> {
    const customer = await createWebCustomer(anyNode, MANNER);
    await walk(journey, customer);
    return customer;
  }

  async function walk(journey: readonly string[], customer: WebCustomer): Promise<void> {
    for (const [index, text] of journey.entries()) {
      const id = `m${index}`;
      // Twice at once, to two nodes: it is one message all the same.
      await Promise.all([customer.say(id, text), customer.say(id, text)]);
      await untilAnswered(customer, id, `an answer to "${text}"`);
    }
  }

  async function untilAnswered(customer: WebCustomer, id: string, why: string): Promise<void> {
    const waiting = new AbortController();
    void hurryWhile(waiting.signal, cluster);
    try {
      await customer.waitFor((seen) => {
        const own = seen.findIndex((activity) => activity.id === `c-${id}`);
        return own >= 0 && seen.slice(own + 1).some(({ from }) => from === 'bot');
      }, why);
    } catch (error) {
      throw new Error(`${String(error)} ${cluster.describe()}`, { cause: error });
    } finally {
      waiting.abort();
    }
  }

  /** Every node takes up what was left, at a time when nobody can be at work on it any more. */
  async function settle(): Promise<void> {
    for (let round = 0; round < SETTLES; round += 1) {
      await cluster.hurry(LOST_AFTER_MS);
      await cluster.settle();
    }
  }

  function strike({ node, kind, forMs }: Fault): GateFault {
    const struck = cluster.nodes[node];
    if (kind === 'kill') {
      struck?.kill();
      return 'drop';
    }
    if (kind === 'pause') {
      struck?.pause(forMs);
      return 'pass';
    }
    return kind;
  }

  async function play(seed: number) {
    const random = createRandom(seed);
    const chosen = Array.from({ length: CUSTOMERS }, () => random.integer(0, JOURNEYS.length - 1));
    const faults = planFaults(random, count);
    const struck: string[] = [];
    for (const fault of faults) {
      cluster.nodes[fault.node]?.[fault.at].plan(fault.piece, () => {
        struck.push(`${fault.kind} node ${fault.node + 1} at ${fault.at} ${fault.piece}`);
        return strike(fault);
      });
    }
    const walked = await Promise.all(
      chosen.map(async (number) => ({ customer: await walkAnew(JOURNEYS[number] ?? []), number })),
    );
    await cluster.calm();
    await settle();
    const judged = await Promise.all(
      walked.map(async ({ customer, number }) => {
        const seen = await customer.waitFor(() => true, 'the whole conversation');
        return [...compareTranscripts(linesOf(seen), expected[number] ?? []), ...repeatedIds(seen)];
      }),
    );
    // What a seed has left in the database would make every later one slower.
    await cluster.forget();
    return { faults: struck, wrong: judged.flat() };
  }

  return {
    async run(seed) {
      if (isSpoilt || cluster.turnedMs() > LONGEST_DAY_MS) {
        await beginAnew();
      }
      isSpoilt = true;
      const played = await play(seed);
      isSpoilt = false;
      return played;
    },
    close: () => cluster.close(),
  };
}

/** Who waits long for a human is told so; how long a run takes, and how many wait besides, is no matter here. */
function linesOf(seen: readonly SeenActivity[]): readonly string[] {
  return seen
    .map(toLine)
    .filter(
      (line) => !/: (Hiện các nhân viên đều đang bận|Hiện chưa có nhân viên|Đang có \d+ nhân viên trực)/.test(line),
    );
}

function planFaults(random: SeededRandom, nodes: number): readonly Fault[] {
  return Array.from({ length: random.integer(1, MOST_FAULTS) }, () => {
    const at = random.pick(['database', 'database', 'database', 'redis'] as const);
    return {
      node: random.integer(0, nodes - 1),
      at,
      piece: random.integer(1, LAST_PIECE[at]),
      kind: random.pick(['kill', 'pause', 'drop', 'slow'] as const),
      forMs: random.integer(500, LONGEST_PAUSE_MS),
    };
  });
}
