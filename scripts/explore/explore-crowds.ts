import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { CROWD_JOURNEYS, CROWD_SEATS } from './crowd-journeys.ts';
import { type CrowdServer, startCrowdServer } from './crowd-server.ts';
import { type CrowdPlan, planCalmCrowd, shiftOf } from './plan-crowd.ts';
import { readDemoSms } from './read-demo-sms.ts';
import { compareTranscripts, repeatedIds, toLine } from './transcripts.ts';
import { type Talk, walkCrowd } from './walk-crowd.ts';
import { createWebCustomer } from './web-customer.ts';

/** What became of one customer of a crowd. */
export interface PlayedSeat {
  readonly journey: string;
  /** How often the server died while a message of his was under way. */
  readonly struck: number;
  /** Nothing when every promise held. */
  readonly wrong: readonly string[];
}

export interface PlayedCrowd {
  /** The writes at which the server died. */
  readonly deaths: readonly string[];
  /** One for each customer, in the order of the seats. */
  readonly seats: readonly PlayedSeat[];
}

export interface CrowdExplorer {
  /** `fault`: a promise that every start of the server breaks (`commit-fault.ts`). */
  play(plan: CrowdPlan, fault?: string): Promise<PlayedCrowd>;
  close(): Promise<void>;
}

/** What a customer and his phone have got by the end. */
interface Seen {
  readonly lines: readonly string[];
  readonly sms: readonly string[];
  readonly repeated: readonly string[];
}

/** Longer than an event may be left and than an attempt may take: whatever would still come, or come again, comes. */
const SETTLES_MS = [6_000, 61_000, 61_000];
/** Longer than a crowd takes on a machine that has next to no time for it. */
const PATIENCE_MS = 20 * 60_000;

/**
 * Plays crowds: twelve customers at a time talk to one server, which dies while they do, and each is judged on his own.
 * The data folder is made once and copied for each crowd; each journey is played once by each customer without a death.
 */
export async function createCrowdExplorer(): Promise<CrowdExplorer> {
  const home = await mkdtemp(join(tmpdir(), 'lang-nghe-crowds-'));
  const template = join(home, 'template');
  const canvas = { width: 40, height: 30, channels: 3, background: '#6699cc' } as const;
  const picture = new Uint8Array(await sharp({ create: canvas }).png().toBuffer());
  const first = await startCrowdServer(template, '');
  // The demo tells of its planned outages, which belongs to no journey.
  await settle(first);
  // Signed with the key of the folder: they are good at every copy of it.
  const customers = await Promise.all(CROWD_SEATS.map(() => createWebCustomer(first.address)));
  await first.kill();
  let crowds = 0;

  function talksOf(plan: CrowdPlan, address: () => string): readonly Talk[] {
    return CROWD_SEATS.flatMap((seat, index) => {
      const [customer, journey] = [customers[index], CROWD_JOURNEYS[plan.journeys[index] ?? 0]];
      return customer === undefined || journey === undefined
        ? []
        : [{ customer: customer.at(address), journey: journey(seat), phone: seat.phone }];
    });
  }

  async function see(plan: CrowdPlan, brokenBy: string) {
    crowds += 1;
    const dataFolder = join(home, `crowd-${crowds}`);
    await cp(template, dataFolder, { recursive: true });
    const server = await startCrowdServer(dataFolder, brokenBy);
    try {
      const talks = talksOf(plan, server.address);
      const struck = await walkCrowd(server, plan.ticks, talks, picture);
      await server.planDeath(0, 0);
      await server.up();
      await settle(server);
      const sms = await readDemoSms(server.address);
      const seen = await Promise.all(
        talks.map(async ({ customer, phone }): Promise<Seen> => {
          const history = await customer.history();
          const own = sms.filter(({ to }) => to === phone).map(({ text }) => text.replaceAll(/\d/g, '#'));
          return { lines: history.map(toLine), repeated: repeatedIds(history), sms: own };
        }),
      );
      return { talks, seen, struck, deaths: server.deaths() };
    } finally {
      await server.kill();
      await rm(dataFolder, { recursive: true, force: true });
    }
  }

  /** What each seat sees when nobody dies, by the shift of the journeys. */
  const calm = new Map<number, Promise<readonly Seen[]>>();

  async function expectedOf(journey: number, seat: number): Promise<Seen | undefined> {
    const shift = shiftOf(journey, seat);
    const played = calm.get(shift) ?? see(planCalmCrowd(shift), '').then(({ seen }) => seen);
    calm.set(shift, played);
    return (await played)[seat];
  }

  return {
    async play(plan, fault = '') {
      const { talks, seen, struck, deaths } = await inTime(see(plan, fault));
      const seats: PlayedSeat[] = [];
      for (const [seat, each] of seen.entries()) {
        const wrong = judge(each, await expectedOf(plan.journeys[seat] ?? 0, seat));
        seats.push({ journey: talks[seat]?.journey.name ?? '', struck: struck[seat] ?? 0, wrong });
      }
      return { deaths, seats };
    },
    close: () => rm(home, { recursive: true, force: true }),
  };
}

function judge({ lines, sms, repeated }: Seen, calm: Seen | undefined): readonly string[] {
  return [
    ...compareTranscripts(lines, calm?.lines ?? []),
    ...repeated,
    ...compareTranscripts(sms, calm?.sms ?? []).map((line) => `SMS: ${line}`),
  ];
}

async function settle(server: CrowdServer): Promise<void> {
  for (const ms of SETTLES_MS) {
    await server.settle(ms);
  }
}

async function inTime<T>(played: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It did not come to its end.')), PATIENCE_MS);
  });
  return Promise.race([played, late]).finally(() => clearTimeout(timer));
}
