import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_ORGANISATION } from '../../src/integrations/demo/demo-organisation.ts';
import type { Journey } from './journeys.ts';
import { freePort, type ServerProcess, startServerProcess } from './server-process.ts';
import { compareTranscripts, repeatedIds, toLine } from './transcripts.ts';
import { createWebCustomer, type SeenActivity, type WebCustomer } from './web-customer.ts';

/** Where the server dies in one journey: at these write boundaries, one process after the other; the last one lives. */
export type CrashPlan = readonly number[];

/** What a journey looks like when nothing crashes. */
export interface Expectation {
  readonly journey: Journey;
  readonly transcript: readonly string[];
  readonly smsCount: number;
  /** Write boundaries that the server passes. */
  readonly boundaries: number;
}

export interface CrashExplorer {
  /** Plays a journey without any crash. */
  expect(journey: Journey): Promise<Expectation>;
  /**
   * Plays the journey once for each plan, on one database, and returns what was wrong: nothing when every promise
   * held. At most `RUNS_ON_ONE_DATABASE` plans: a phone gets no more codes in an hour.
   */
  run(plans: readonly CrashPlan[], expected: Expectation): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const RUNS_ON_ONE_DATABASE = 3;
/** Longer than an event may be left: what would still come, or come again, comes. */
const SETTLE_MS = 6_000;
const RESTART_PAUSE_MS = 25;
const ORGANISATION_PHONES = new Set(DEMO_ORGANISATION.contacts.map(({ phone }) => phone));

interface Played {
  readonly customer: WebCustomer;
  readonly plan: CrashPlan;
}

/** Prepares a data folder with demo data once, so that each database is a copy of it. */
export async function createCrashExplorer(): Promise<CrashExplorer> {
  const home = await mkdtemp(join(tmpdir(), 'lang-nghe-explore-'));
  const template = join(home, 'template');
  const first = await startServerProcess({ dataFolder: template, port: await freePort() });
  // The demo tells of its planned outages, which belongs to no journey.
  await first.settle(SETTLE_MS);
  await first.settle(SETTLE_MS);
  await first.stop();
  let databases = 0;

  async function onNewDatabase<T>(use: (host: CrashingHost) => Promise<T>): Promise<T> {
    databases += 1;
    const dataFolder = join(home, `run-${databases}`);
    await cp(template, dataFolder, { recursive: true });
    const host = await createCrashingHost(dataFolder);
    try {
      return await use(host);
    } finally {
      await host.stop();
      await rm(dataFolder, { recursive: true, force: true });
    }
  }

  return {
    expect: (journey) =>
      onNewDatabase(async (host) => {
        await host.plan([]);
        const customer = await createWebCustomer(host.address);
        await walk(journey, customer, host.address);
        const boundaries = await host.settle();
        const transcript = (await customer.history()).map(toLine);
        return { journey, transcript, boundaries, smsCount: (await readSms(host.address)).length };
      }),
    run: (plans, expected) =>
      onNewDatabase(async (host) => {
        const played: Played[] = [];
        for (const plan of plans) {
          const customer = await createWebCustomer(host.address);
          await host.plan(plan);
          await walk(expected.journey, customer, host.address);
          await host.plan([]);
          played.push({ customer, plan });
        }
        await host.settle();
        const smsCount = (await readSms(host.address)).length;
        const smsExpected = expected.smsCount * plans.length;
        const wrong = await Promise.all(played.map((each) => judge(each, expected)));
        return [
          ...wrong.flat(),
          ...(smsCount === smsExpected ? [] : [`${smsCount} SMS were sent instead of ${smsExpected}.`]),
        ];
      }),
    close: () => rm(home, { recursive: true, force: true }),
  };
}

interface CrashingHost {
  address(): string;
  /** From now on: die at the first boundary; the next process at the second, and so on. */
  plan(crashAt: CrashPlan): Promise<void>;
  /** Lets it come to rest; resolves with the boundaries that it has passed until then. */
  settle(): Promise<number>;
  stop(): Promise<void>;
}

/** Keeps a server up: whenever it has killed itself the next one starts, at a port that nobody has taken meanwhile. */
async function createCrashingHost(dataFolder: string): Promise<CrashingHost> {
  let next: number[] = [];
  let isStopping = false;
  let server: ServerProcess = await startServerProcess({ dataFolder, port: await freePort() });
  const keeping = keep();

  async function keep(): Promise<void> {
    for (;;) {
      await server.gone;
      if (isStopping) {
        return;
      }
      server = await startServerProcess({ dataFolder, port: await freePort(), crashAt: next.shift() ?? 0 });
    }
  }

  return {
    address: () => server.address,
    async plan(crashAt) {
      next = [];
      const [first = 0, ...others] = crashAt;
      // It may be dying of the plan before this one, after the last answer was seen.
      while (!(await server.arm(first))) {
        await sleep(RESTART_PAUSE_MS);
      }
      next = others;
    },
    async settle() {
      await server.idle();
      const passed = await server.boundaries();
      await server.settle(SETTLE_MS);
      return passed;
    },
    async stop() {
      isStopping = true;
      await server.stop();
      await keeping;
    },
  };
}

async function walk(journey: Journey, customer: WebCustomer, base: () => string): Promise<void> {
  const smsBefore = (await readSms(base)).length;
  for (const [index, step] of journey.steps.entries()) {
    const text = typeof step === 'string' ? step : await step(async () => (await readSms(base)).slice(smsBefore));
    const id = `m${index}`;
    await customer.say(id, text);
    await customer.waitFor((history) => isAnswered(history, id), `an answer to step ${index} of ${journey.name}`);
  }
}

function isAnswered(history: readonly SeenActivity[], id: string): boolean {
  const own = history.findIndex((activity) => activity.id === `c-${id}`);
  return own >= 0 && history.slice(own + 1).some((activity) => activity.from === 'bot');
}

async function judge({ customer, plan }: Played, expected: Expectation): Promise<string[]> {
  const seen = await customer.history();
  const wrong = [...compareTranscripts(seen.map(toLine), expected.transcript), ...repeatedIds(seen)];
  return wrong.map((line) => `Killed at ${plan.join(', ')}: ${line}`);
}

/** Not what the organisation of the demo is told: that comes with the server, whatever the customer does. */
async function readSms(base: () => string): Promise<readonly string[]> {
  for (;;) {
    try {
      const { messages } = (await (await fetch(`${base()}/demo/sms?after=0`)).json()) as {
        messages: { to: string; text: string }[];
      };
      return messages.filter(({ to }) => !ORGANISATION_PHONES.has(to)).map(({ text }) => text);
    } catch {
      await sleep(50);
    }
  }
}
