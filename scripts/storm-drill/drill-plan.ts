import { createRandom, type SeededRandom } from '../explore/seeded-random.ts';
import { SHAPE } from '../soak/run-storm.ts';
import { type DrillOutage, ELSEWHERE, OUTAGES, PROVINCE, UNIT } from './places.ts';

export type DrillChannel = 'zalo' | 'telegram' | 'web';

/** One customer: what is the case with him, and what he will write. */
export interface DrillPerson {
  readonly number: number;
  readonly channel: DrillChannel;
  readonly kind: 'report' | 'question' | 'emergency' | 'vulnerable';
  /** The outage that he sits in; absent: the power is on where he says it is off. */
  readonly outage?: DrillOutage;
  /** Of his contract, where he names it. */
  readonly code?: string;
  readonly commune: string;
  /** When he writes, ms from the beginning. */
  readonly at: number;
  /** His first words. */
  readonly words: string;
  /** What he answers when he is asked where it is. */
  readonly where: string;
  readonly asksForHuman: boolean;
  /** What he does when he is told that the power is back. */
  readonly afterwards: 'back' | 'still_out' | 'silent';
}

export interface StormDrillPlan {
  readonly seed: number;
  /** In the order of writing. */
  readonly people: readonly DrillPerson[];
  /** When the server is killed while reports come in, ms from the beginning. */
  readonly killAt: number;
  /** The share of those to be told of the return of whom so many have been told when it is killed again. */
  readonly killAtShareTold: number;
}

export const MINUTE_MS = 60_000;
export const STORM_MINUTES = 10;

const EMERGENCIES = 0.01;
const VULNERABLE = 0.005;
const QUESTIONS = 0.05;
const ELSEWHERE_SHARE = 0.02;
const BY_CODE = 0.4;
const WITHOUT_PLACE = 0.1;
const FOR_A_HUMAN = 0.01;
const STILL_OUT = 0.02;
const BACK = 0.1;
const ZALO = 0.5;
const TELEGRAM = 0.2;

const DANGERS = [
  'dây điện đứt xuống đường ở {where}',
  'trụ điện ngã chắn đường, tóe lửa ở {where}',
  'day dien dut roi xuong san nha, {where}',
] as const;
const LIVES = [
  'nhà tôi ở {where} mất điện, có người thở máy',
  'mat dien roi, nha co nguoi tho oxy, {where}',
  'phòng khám của tôi ở {where} bị mất điện',
] as const;
const REPORTS = [
  'mất điện rồi, {where}',
  'nhà tôi bị mất điện, {where}',
  'cup dien roi ban oi, {where}',
  'mat dien tu nay gio, {where}',
] as const;
const QUESTIONS_OF_RETURN = ['bao giờ có điện lại ở {where}', 'khi nao co dien lai vay, {where}'] as const;
const BARE = ['mất điện rồi', 'nhà tôi bị cúp điện', 'mat dien roi'] as const;

/** Everything that a run does, drawn from its seed. */
export function planStormDrill(seed: number, reports: number): StormDrillPlan {
  const random = createRandom(seed);
  const times = SHAPE.flatMap((share, minute) =>
    Array.from({ length: Math.round(reports * share) }, () => random.integer(0, MINUTE_MS - 1) + minute * MINUTE_MS),
  ).sort((a, b) => a - b);
  return {
    seed,
    people: times.slice(0, reports).map((at, number) => drawPerson(random, number, at)),
    killAt: random.integer(2 * MINUTE_MS, 5 * MINUTE_MS),
    killAtShareTold: random.integer(20, 70) / 100,
  };
}

function drawPerson(random: SeededRandom, number: number, at: number): DrillPerson {
  const kind = drawKind(random);
  const isElsewhere = kind !== 'vulnerable' && chance(random, ELSEWHERE_SHARE);
  const outage = isElsewhere ? undefined : drawOutage(random);
  const commune = random.pick((outage?.communes ?? ELSEWHERE) as readonly [string, ...string[]]);
  const code = outage !== undefined && chance(random, BY_CODE) ? codeOf(number) : undefined;
  const place = `xã ${commune}, tỉnh ${PROVINCE}`;
  const where = code === undefined || kind === 'emergency' ? place : `mã khách hàng ${code}`;
  const isBare = kind === 'report' && chance(random, WITHOUT_PLACE);
  return {
    ...{ number, at, kind, commune, where, channel: drawChannel(random) },
    ...(outage !== undefined && { outage }),
    ...(code !== undefined && { code }),
    words: isBare ? random.pick(BARE) : wordsOf(random, kind).replace('{where}', where),
    asksForHuman: kind === 'report' && chance(random, FOR_A_HUMAN),
    afterwards: chance(random, STILL_OUT) ? 'still_out' : chance(random, BACK) ? 'back' : 'silent',
  };
}

function drawKind(random: SeededRandom): DrillPerson['kind'] {
  const drawn = random.integer(0, 9_999) / 10_000;
  if (drawn < EMERGENCIES) {
    return 'emergency';
  }
  if (drawn < EMERGENCIES + VULNERABLE) {
    return 'vulnerable';
  }
  return drawn < EMERGENCIES + VULNERABLE + QUESTIONS ? 'question' : 'report';
}

function wordsOf(random: SeededRandom, kind: DrillPerson['kind']): string {
  switch (kind) {
    case 'emergency':
      return random.pick(DANGERS);
    case 'vulnerable':
      return random.pick(LIVES);
    case 'question':
      return random.pick(QUESTIONS_OF_RETURN);
    case 'report':
      return random.pick(REPORTS);
  }
}

function drawOutage(random: SeededRandom): DrillOutage {
  let left = random.integer(0, 9_999) / 10_000;
  for (const outage of OUTAGES) {
    left -= outage.share;
    if (left < 0) {
      return outage;
    }
  }
  return OUTAGES[0];
}

function drawChannel(random: SeededRandom): DrillChannel {
  const drawn = random.integer(0, 99) / 100;
  return drawn < ZALO ? 'zalo' : drawn < ZALO + TELEGRAM ? 'telegram' : 'web';
}

export function codeOf(number: number): string {
  return `${UNIT}${String(number + 1).padStart(7, '0')}`;
}

function chance(random: SeededRandom, share: number): boolean {
  return random.integer(0, 9_999) < share * 10_000;
}
