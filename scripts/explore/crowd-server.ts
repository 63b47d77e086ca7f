import { STAGE_START } from '../stage-clock.ts';
import type { Release } from './held-messages.ts';
import { freePort, type ServerProcess, startServerProcess } from './server-process.ts';

/** The one server of a crowd: does nothing by the clock, dies where it is told to, and is started again. */
export interface CrowdServer {
  address(): string;
  /** Dies so many boundaries from now, and its successor so many after its start; 0: never. */
  planDeath(strike: number, strikeAgain: number): Promise<void>;
  /** Lets these messages in when all are there. */
  letIn(order: readonly Release[]): Promise<void>;
  /** Whether it came to rest without dying. */
  isAtRest(): Promise<boolean>;
  /** Turns its clock, does its chores, and comes to rest. */
  settle(ms: number): Promise<void>;
  /** Starts the next one when the last has died. */
  up(): Promise<void>;
  /** Waits for the end of one that is dying. */
  untilDead(): Promise<void>;
  /** The writes at which it has died. */
  deaths(): readonly string[];
  kill(): Promise<void>;
}

const PORT_TAKEN = /Port \d+ is taken/;
/** Its time begins at the same moment whenever it is played, a little after that of the template. */
const BEGINS_AT = STAGE_START + 60_000;

export async function startCrowdServer(dataFolder: string, fault: string): Promise<CrowdServer> {
  let aheadMs = BEGINS_AT - Date.now();
  let isGone = false;
  let next = 0;
  const deaths: string[] = [];
  let server = await start(0);

  async function start(crashAt: number): Promise<ServerProcess> {
    const env = { EXPLORE_FAULT: fault, ONLY_ORDERS: '1' };
    let hasDied = false;
    const onKilled = (write: string) => {
      hasDied = true;
      deaths.push(write);
    };
    // Each at a port of its own: a machine that does other things may have given the last one away.
    const options = { dataFolder, port: await freePort(), aheadMs, env, crashAt, onKilled };
    const started = await startServerProcess(options).catch((error: unknown) => {
      // It may have died as it was told to before it listened.
      if (!hasDied && !PORT_TAKEN.test(String(error))) {
        throw error;
      }
    });
    if (started === undefined) {
      return start(hasDied ? 0 : crashAt);
    }
    isGone = false;
    void started.gone.then(() => {
      isGone = true;
    });
    return started;
  }

  return {
    address: () => server.address,
    deaths: () => deaths,
    async planDeath(strike, strikeAgain) {
      await server.arm(strike);
      next = strikeAgain;
    },
    async letIn(order) {
      await server.release(order);
    },
    isAtRest: () => server.idle(),
    async settle(ms) {
      aheadMs += ms;
      await server.settle(ms);
    },
    async up() {
      if (isGone) {
        const crashAt = next;
        next = 0;
        server = await start(crashAt);
      }
    },
    async untilDead() {
      await server.gone;
    },
    kill: () => server.kill(),
  };
}
