import { CROWD_JOURNEYS, CROWD_SEATS } from './crowd-journeys.ts';
import { createRandom, type SeededRandom } from './seeded-random.ts';

/** One moment at which some customers write at the same time. */
export interface CrowdTick {
  /** Who is let in, or chores, in this order, so many rounds of the event loop after the one before. */
  readonly order: readonly { readonly seat: number | 'chores'; readonly rounds: number }[];
  /** The server dies so many write boundaries after the beginning of the tick. */
  readonly strike?: number;
  /** The process that comes then dies, too: so many boundaries after its start began. */
  readonly strikeAgain?: number;
}

export interface CrowdPlan {
  /** By seat: which journey. */
  readonly journeys: readonly number[];
  readonly ticks: readonly CrowdTick[];
}

/** Customers of one server; each is a seed of its own. */
export const CROWD = CROWD_SEATS.length;

const MOST_STRIKES = 4;
/** In one of the first ticks everybody has something to say, so that the first strike hits all. */
const EVERYBODY_TALKS = 2;
const LAST_STRIKE = 5;
const LAST_BOUNDARY = 16;
const LAST_BOUNDARY_OF_A_START = 10;
const MOST_ROUNDS = 3;

/** Who talks about what, when, and where the server dies, all by the number of the crowd. */
export function planCrowd(number: number): CrowdPlan {
  const random = createRandom(number);
  const journeys = CROWD_SEATS.map(() => random.integer(0, CROWD_JOURNEYS.length - 1));
  const strikes = new Set([random.integer(0, EVERYBODY_TALKS)]);
  for (let more = random.integer(1, MOST_STRIKES - 1); more > 0; more -= 1) {
    strikes.add(random.integer(0, LAST_STRIKE));
  }
  const left = journeys.map(stepsOf);
  const ticks: CrowdTick[] = [];
  while (left.some((steps) => steps > 0)) {
    const isStruck = strikes.has(ticks.length);
    const talking = left.flatMap((steps, seat) => (steps > 0 && (isStruck || random.integer(1, 4) > 1) ? [seat] : []));
    for (const seat of talking) {
      left[seat] = (left[seat] ?? 0) - 1;
    }
    ticks.push({ order: drawOrder(random, talking), ...(isStruck && drawStrike(random)) });
  }
  return { journeys, ticks };
}

/** Nothing goes wrong, and each customer has this journey or one of the next. */
export function planCalmCrowd(shift: number): CrowdPlan {
  const journeys = CROWD_SEATS.map((_, seat) => (seat + shift) % CROWD_JOURNEYS.length);
  const steps = journeys.map(stepsOf);
  const ticks = Array.from({ length: Math.max(...steps) }, (_, tick) => ({
    order: steps.flatMap((count, seat) => (count > tick ? [{ seat, rounds: 0 }] : [])),
  }));
  return { journeys, ticks };
}

/** The calm crowd in which this seat has this journey. */
export function shiftOf(journey: number, seat: number): number {
  return (((journey - seat) % CROWD_JOURNEYS.length) + CROWD_JOURNEYS.length) % CROWD_JOURNEYS.length;
}

function stepsOf(journey: number, seat: number): number {
  const [at, by] = [CROWD_SEATS[seat], CROWD_JOURNEYS[journey]];
  return at === undefined || by === undefined ? 0 : by(at).steps.length;
}

function drawOrder(random: SeededRandom, talking: readonly number[]): CrowdTick['order'] {
  const waiting: (number | 'chores')[] = [...talking, ...(random.integer(0, 1) === 1 ? (['chores'] as const) : [])];
  const order: CrowdTick['order'][number][] = [];
  while (waiting.length > 0) {
    const [seat] = waiting.splice(random.integer(0, waiting.length - 1), 1);
    order.push({ seat: seat ?? 'chores', rounds: random.integer(0, MOST_ROUNDS) });
  }
  return order;
}

function drawStrike(random: SeededRandom): Pick<CrowdTick, 'strike' | 'strikeAgain'> {
  const strike = random.integer(1, LAST_BOUNDARY);
  return random.integer(1, 3) === 1 ? { strike, strikeAgain: random.integer(1, LAST_BOUNDARY_OF_A_START) } : { strike };
}
