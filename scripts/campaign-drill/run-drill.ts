import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf, endOf, timeOf } from '../../src/integrations/local-time.ts';
import { STAGE_START } from '../stage-clock.ts';
import { judgeDrill } from './judge-drill.ts';
import { openPhones } from './phones.ts';
import { seedDrill } from './seed-drill.ts';

export interface DrillResult {
  readonly recipients: number;
  readonly told: number;
  readonly optedOut: number;
  readonly kills: number;
  /** Messages that came to the channel again after a kill, and were shown once. */
  readonly repeats: number;
  /** Messages a second while it was sending. */
  readonly pace: number;
  readonly violations: readonly string[];
}

/** Shares of the recipients who have been told when the process is killed. */
const KILL_AT = [0.5, 0.75];
/** About a quarter is told before the quiet hours, at 250 a second. */
const BEFORE_QUIET_MS_EACH = 1;

const LOOK_EVERY_MS = 100;
/** Nothing has come for so long: all is told, or nothing will be. A busy machine may stand still for a while. */
const SILENCE_MS = 60_000;
/** So long after their beginning the quiet hours are looked at, and so long after the end what comes twice. */
const LATER_MS = 6_000;

/**
 * One campaign to all recipients. It begins shortly before the quiet hours, so that they cut it in two; the next
 * morning it goes on, and on the way the process is killed twice.
 */
export async function runDrill(recipients: number, say: (line: string) => void): Promise<DrillResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-drill-'));
  const phones = await openPhones();
  const night = timeOf(dayOf(STAGE_START), '22:00');
  const evening = night - recipients * BEFORE_QUIET_MS_EACH;
  const morning = timeOf(dayOf(endOf(dayOf(evening))), '07:00');
  let node: ChildProcess | undefined;

  /** Starts a process; `time` tells what its clock shows when it is ready. */
  const start = async (time: () => number) => {
    const env = { ...process.env, DATA_DIR: folder, SINK_URL: phones.url };
    node = fork(join(import.meta.dirname, 'campaign-node.ts'), { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await once(node, 'message');
    node.send(time());
  };
  const kill = async () => {
    if (node?.exitCode === null && node.signalCode === null) {
      node.kill('SIGKILL');
      await once(node, 'exit');
    }
  };
  /** Waits until so many are told, or nothing comes any more. */
  const waitFor = async (count: number) => {
    let [last, since] = [phones.shown.size, Date.now()];
    while (phones.shown.size < count && Date.now() - since < SILENCE_MS) {
      await sleep(LOOK_EVERY_MS);
      if (phones.shown.size !== last) {
        [last, since] = [phones.shown.size, Date.now()];
      }
    }
  };

  try {
    const seeded = await seedDrill(folder, recipients, evening);
    say(`${recipients} subscribers, ${seeded.out.size} of them opted out`);
    await start(() => evening);
    await sleep(night - evening + LATER_MS);
    say(`${phones.shown.size} told when the quiet hours had begun`);
    await kill();
    let aheadMs = 0;
    await start(() => {
      aheadMs = morning - Date.now();
      return morning;
    });
    let kills = 0;
    for (const share of KILL_AT) {
      await waitFor(Math.ceil(seeded.told.size * share));
      await kill();
      kills += 1;
      say(`killed at ${phones.shown.size} told`);
      await start(() => Date.now() + aheadMs);
    }
    await waitFor(seeded.told.size);
    // Whatever would come twice comes now.
    await sleep(LATER_MS);
    await kill();
    const judged = judgeDrill([...phones.shown.values()], { ...seeded, quietFrom: night, morning });
    return {
      recipients,
      told: phones.shown.size,
      optedOut: seeded.out.size,
      kills,
      repeats: phones.repeats(),
      ...judged,
    };
  } finally {
    await kill();
    phones.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
