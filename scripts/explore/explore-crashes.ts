import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Journey } from './journeys.ts';
import { freePort, type ServerProcess, startServerProcess } from './server-process.ts';
import { createWebCustomer, type SeenActivity, type WebCustomer } from './web-customer.ts';

/** One run: the server dies at these write boundaries, one after the other, while a customer goes through a journey. */
export interface CrashPlan {
  readonly journey: Journey;
  /** Boundary of the first process, of the process after it, and so on; the last process lives. */
  readonly crashAt: readonly number[];
}

/** What a journey looks like when nothing crashes. */
export interface Expectation {
  readonly transcript: readonly string[];
  readonly smsCount: number;
  /** Write boundaries that the server passes. */
  readonly boundaries: number;
}

export interface CrashExplorer {
  /** Plays a journey without any crash. */
  expect(journey: Journey): Promise<Expectation>;
  /** Plays a run and returns what was wrong: an empty list when every promise held. */
  run(plan: CrashPlan, expected: Expectation): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Longer than a sweep: what would still come twice comes by then. */
const SETTLE_MS = 1_500;

/** Prepares a data folder with demo data and a trained model once, so that each run starts from a copy of it. */
export async function createCrashExplorer(): Promise<CrashExplorer> {
  const home = await mkdtemp(join(tmpdir(), 'lang-nghe-explore-'));
  const template = join(home, 'template');
  const first = await startServerProcess({ dataFolder: template, port: await freePort() });
  await first.stop();
  let runs = 0;

  async function play({ journey, crashAt }: CrashPlan) {
    runs += 1;
    const dataFolder = join(home, `run-${runs}`);
    await cp(template, dataFolder, { recursive: true });
    const host = await createHost({ dataFolder, crashAt });
    try {
      const customer = await createWebCustomer(host.address);
      await walk(journey, customer, host.address);
      await sleep(SETTLE_MS);
      const seen = await customer.history();
      const smsCount = (await readSms(host.address)).length;
      return { seen, smsCount, boundaries: await host.boundaries() };
    } finally {
      await host.stop();
      await rm(dataFolder, { recursive: true, force: true });
    }
  }

  return {
    async expect(journey) {
      const { seen, smsCount, boundaries } = await play({ journey, crashAt: [] });
      return { transcript: seen.map(toLine), smsCount, boundaries };
    },
    async run(plan, expected) {
      const { seen, smsCount } = await play(plan);
      return [
        ...compare(seen.map(toLine), expected.transcript),
        ...(smsCount === expected.smsCount ? [] : [`${smsCount} SMS were sent instead of ${expected.smsCount}.`]),
        ...repeatedIds(seen),
      ];
    },
    close: () => rm(home, { recursive: true, force: true }),
  };
}

/** Keeps a server up on one port: whenever it has killed itself the next one starts, with the next boundary. */
async function createHost({ dataFolder, crashAt }: { dataFolder: string; crashAt: readonly number[] }) {
  const port = await freePort();
  let isStopping = false;
  let server = await start(0);
  const keeping = keep();

  function start(index: number): Promise<ServerProcess> {
    return startServerProcess({ dataFolder, port, crashAt: crashAt[index] ?? 0 });
  }

  async function keep(): Promise<void> {
    for (let index = 1; ; index += 1) {
      await server.gone;
      if (isStopping) {
        return;
      }
      server = await start(index);
    }
  }

  return {
    address: () => server.address,
    boundaries: () => server.boundaries(),
    async stop() {
      isStopping = true;
      await server.stop();
      await keeping;
    },
  };
}

async function walk(journey: Journey, customer: WebCustomer, base: () => string): Promise<void> {
  for (const [index, step] of journey.steps.entries()) {
    const text = typeof step === 'string' ? step : await step(() => readSms(base));
    const id = `m${index}`;
    await customer.say(id, text);
    await customer.waitFor((history) => isAnswered(history, id), `an answer to step ${index} of ${journey.name}`);
  }
}

function isAnswered(history: readonly SeenActivity[], id: string): boolean {
  const own = history.findIndex((activity) => activity.id === `c-${id}`);
  return own >= 0 && history.slice(own + 1).some((activity) => activity.from === 'bot');
}

async function readSms(base: () => string): Promise<readonly string[]> {
  for (;;) {
    try {
      const { messages } = (await (await fetch(`${base()}/demo/sms?after=0`)).json()) as {
        messages: { text: string }[];
      };
      return messages.map((message) => message.text);
    } catch {
      await sleep(50);
    }
  }
}

/** Ticket numbers and times of day differ from run to run; everything else must not. */
function toLine({ from, text }: SeenActivity): string {
  return `${from}: ${text.replaceAll(/[A-Z]{2}\d{6}-[0-9A-Z]{5}/g, '#').replaceAll(/\b\d{1,2}:\d{2}\b/g, '#:#')}`;
}

function compare(seen: readonly string[], expected: readonly string[]): string[] {
  const length = Math.max(seen.length, expected.length);
  const different = Array.from({ length }, (_, index) => index).find((index) => seen[index] !== expected[index]);
  return different === undefined
    ? []
    : [
        `Line ${different + 1} is ${JSON.stringify(seen[different])} instead of ${JSON.stringify(expected[different])}.`,
      ];
}

function repeatedIds(seen: readonly SeenActivity[]): string[] {
  const ids = seen.map((activity) => activity.id);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `The activity ${id} is shown twice.`);
}
