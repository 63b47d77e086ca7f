import { LOST_AFTER_MS } from './hurry.ts';
import { startCluster } from './node-cluster.ts';
import { planDesk } from './plan-desk.ts';
import { awaitFault, planFaults } from './plan-faults.ts';
import { createRandom } from './seeded-random.ts';
import { compareTranscripts, repeatedIds, toLine } from './transcripts.ts';
import { createNodeWaits } from './wait-at-nodes.ts';
import { type Walked, walkJourney, walkWithAgent } from './walk-at-nodes.ts';
import type { SeenActivity } from './web-customer.ts';

export interface NodesExplorer {
  /** Plays one seed. */
  run(seed: number): Promise<PlayedSeed>;
  close(): Promise<void>;
}

export interface PlayedSeed {
  readonly faults: readonly string[];
  /** How often an agent has held a conversation from a take-over on with nothing to break it off. */
  readonly holds: number;
  /** Nothing when every promise held. */
  readonly wrong: readonly string[];
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
/** So much passes before most talks are over. */
const LAST_PIECE = { database: 320, redis: 60 } as const;
/** The stage's clock begins at nine in the morning. */
const LONGEST_DAY_MS = 4 * 60 * 60_000;
/** What one round of chores takes up, another one may bring to its end. */
const SETTLES = 2;

/** The product on several nodes; its customers go from one to the next with every call, and repeat every message. */
export async function createNodesExplorer(count: number): Promise<NodesExplorer> {
  let cluster = await startCluster(count);
  /** What each journey looks like when nothing goes wrong. */
  let expected: readonly (readonly string[])[] = [];
  let isSpoilt = false;
  const waits = createNodeWaits(() => cluster);

  await learn();

  async function learn(): Promise<void> {
    const learnt: (readonly string[])[] = [];
    const walked = await Promise.all(
      JOURNEYS.map((journey, number) =>
        walkJourney(waits, journey, (seen) => {
          learnt[number] = linesOf(seen);
          return [];
        }),
      ),
    );
    await settle();
    const failed = await judge(walked);
    if (failed.length > 0) {
      throw new Error(failed.join(' '));
    }
    expected = learnt;
    await cluster.forget();
  }

  /** Before the office closes, and what is said changes with it; and when nobody knows what the last seed has left. */
  async function beginAnew(): Promise<void> {
    await cluster.close();
    cluster = await startCluster(count);
    await learn();
    isSpoilt = false;
  }

  /** Every node takes up what was left, at a time when nobody can be at work on it any more. */
  async function settle(): Promise<void> {
    for (let round = 0; round < SETTLES; round += 1) {
      await cluster.hurry(LOST_AFTER_MS);
      await cluster.settle();
    }
  }

  /** What is wrong with those who came to their end, and why the others did not. */
  async function judge(walked: readonly Walked[]): Promise<readonly string[]> {
    return (await Promise.all(walked.map((each) => ('failed' in each ? [each.failed] : each.judge())))).flat();
  }

  async function play(seed: number): Promise<PlayedSeed> {
    const random = createRandom(seed);
    const chosen = Array.from({ length: CUSTOMERS }, () => random.integer(0, JOURNEYS.length - 1));
    const faults = planFaults(random, count, LAST_PIECE);
    const desk = planDesk(random, count);
    const struck: string[] = [];
    const onStruck = (what: string) => void struck.push(what);
    for (const fault of faults) {
      awaitFault(cluster.nodes, fault, onStruck);
    }
    const walked = await Promise.all([
      ...chosen.map((number) =>
        walkJourney(waits, JOURNEYS[number] ?? [], (seen) => [
          ...compareTranscripts(linesOf(seen), expected[number] ?? []),
          ...repeatedIds(seen),
        ]),
      ),
      ...(desk === undefined ? [] : [walkWithAgent(waits, cluster, desk, onStruck)]),
    ]);
    const failed = walked.flatMap((each) => ('failed' in each ? [each.failed] : []));
    if (failed.length > 0) {
      // Nobody knows what is under way still: the next seed gets a cluster of its own.
      return { faults: struck, holds: 0, wrong: [...failed, cluster.describe()] };
    }
    await cluster.calm();
    await settle();
    const wrong = await judge(walked);
    // What a seed has left in the database would make every later one slower.
    await cluster.forget();
    isSpoilt = false;
    return { faults: struck, holds: walked.reduce((sum, each) => sum + ('holds' in each ? each.holds : 0), 0), wrong };
  }

  return {
    async run(seed) {
      if (isSpoilt || cluster.turnedMs() > LONGEST_DAY_MS) {
        await beginAnew();
      }
      isSpoilt = true;
      return play(seed);
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
