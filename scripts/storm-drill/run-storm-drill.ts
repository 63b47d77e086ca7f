import { setTimeout as sleep } from 'node:timers/promises';
import { startFakeTelegram } from '../../test/support/telegram/fake-telegram.ts';
import { openZaloStage, type ZaloStage } from '../soak/zalo-stage.ts';
import { logInAtDesk } from './desk-caller.ts';
import { type Agent, createAgent, createDispatcher, type Dispatcher, sourceOf } from './desk-staff.ts';
import { MINUTE_MS, planStormDrill, STORM_MINUTES, type StormDrillPlan } from './drill-plan.ts';
import { type DrillFigures, judgeStormDrill, type PersonRecord } from './judge-storm-drill.ts';
import { bringToLife, type LivePerson, restoredArea } from './live-person.ts';
import { createPhones, type Phones } from './phones.ts';
import { OUTAGES } from './places.ts';
import { readRecords } from './read-records.ts';
import { AGENT, DISPATCHER, DRILL_PASSWORD, seedRecords } from './seed-records.ts';
import { storiesOf } from './story-of.ts';

export interface StormDrillOptions {
  readonly seed: number;
  readonly reports: number;
  /** They write in slices of so long, ms of the simulation. */
  readonly sliceMs: number;
}

export interface StormDrillResult extends DrillFigures {
  readonly kills: number;
  /** Whether so many reports had switched storm mode on. */
  readonly hadStorm: boolean;
  /** What agents and dispatchers did at the desk, by 1,000 people. */
  readonly actsPerThousand: number;
  /** From the first report to the last, minutes of the simulation. */
  readonly minutes: number;
  readonly tookS: number;
  /** All that is known of some of those of whom a violation or a wrong grouping speaks. */
  readonly stories: readonly string[];
}

/** The incident is published so long after the first report, and its return is changed then. */
const PUBLISH_MS = 100_000;
const CHANGE_MS = 330_000;
const TOKEN = '700000001:AAF_secret-part-of-the-token_0123456789';
const ZALO_CALLS_A_MINUTE = 4_000;
const TICK_MS = 20;
/** Real time in which a slice should be handled; then the next one begins all the same. */
const SLICE_PATIENCE_MS = 2_000;
const SHORT_SLICE_MS = 1_000;
/** Real time without anything new after which the clocks are turned, and after which nothing will come. */
const STUCK_MS = 600;
const TURN_MS = 5_000;
/** Zalo waits so long before it brings an event again. */
const LONGEST_TURN_MS = 240_000;
/** Real time for which nothing is under way any more. */
const STILL_MS = 1_500;
const DEAD_MS = 60_000;

/** Plays a storm on three channels, with dispatcher and agent, kills the server twice, and judges what customers saw. */
export async function runStormDrill(
  { seed, reports, sliceMs }: StormDrillOptions,
  say: (line: string) => void = () => {},
): Promise<StormDrillResult> {
  const startedAt = performance.now();
  const plan = planStormDrill(seed, reports);
  const telegram = await startFakeTelegram(TOKEN, () => stage.now());
  const stage: ZaloStage = await openZaloStage({
    simulator: { seed: `drill ${seed}`, settings: { rate: { appPerMinute: ZALO_CALLS_A_MINUTE } } },
    env: { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: telegram.apiRoot },
    prepare: (path) => seedRecords(path, plan.people),
  });
  try {
    const alive = new Map<number, LivePerson>();
    const phones = createPhones({ stage, telegram, onNews: (number) => alive.get(number)?.notice() });
    for (const person of plan.people) {
      alive.set(person.number, bringToLife(person, phones.open(person.channel, person.number), stage.now));
    }
    const desks = await Promise.all(
      [DISPATCHER, AGENT].map((login) => logInAtDesk(() => stage.address, { login, password: DRILL_PASSWORD })),
    );
    const [atDispatch, atDesk] = desks as [(typeof desks)[number], (typeof desks)[number]];
    const drill: Drill = {
      ...{ stage, plan, phones, people: [...alive.values()], say },
      dispatcher: createDispatcher(atDispatch),
      agent: createAgent(atDesk),
    };
    say('the product runs');
    const firstAt = stage.now();
    await reportAll(drill, sliceMs);
    const minutes = (stage.now() - firstAt) / MINUTE_MS;
    say(`all have written after ${minutes.toFixed(1)} minutes`);
    await settle(drill);
    say('all have been answered');
    await drill.agent.work();
    await restore(drill);
    say('all have been told');
    const acts = atDispatch.acts() + atDesk.acts();
    const records = recordsOf(drill);
    const judged = judgeStormDrill(records, { restoredArea, sayings: OUTAGES.map(sayingsOf) });
    return {
      ...judged,
      stories: storiesOf(stage.db, drill.people, records, [...judged.violations, ...judged.misgrouped]),
      kills: 2,
      hadStorm: stage.db.sqlite.prepare('SELECT count(*) FROM storm_switches').pluck().get() !== 0,
      actsPerThousand: Math.round((acts * 1_000) / reports),
      minutes,
      tookS: Math.round((performance.now() - startedAt) / 1_000),
    };
  } finally {
    await stage.close();
    await telegram.stop();
  }
}

interface Drill {
  readonly stage: ZaloStage;
  readonly plan: StormDrillPlan;
  readonly phones: Phones;
  readonly people: readonly LivePerson[];
  readonly dispatcher: Dispatcher;
  readonly agent: Agent;
  readonly say: (line: string) => void;
}

/** Everybody writes when it is his time; staff and faults come between. */
async function reportAll(drill: Drill, sliceMs: number): Promise<void> {
  const { stage, plan, dispatcher, people, say } = drill;
  const waiting = [...people];
  const events = [
    { at: PUBLISH_MS, run: () => dispatcher.publish(stage.now()), what: 'published' },
    { at: plan.killAt, run: () => kill(drill), what: 'killed' },
    { at: CHANGE_MS, run: () => dispatcher.changeReturn(stage.now()), what: 'return changed' },
    ...Array.from({ length: STORM_MINUTES - 2 }, (_, index) => ({
      at: (index + 2) * MINUTE_MS + sliceMs,
      run: () => dispatcher.publish(stage.now()),
      what: undefined,
    })),
  ].sort((a, b) => a.at - b.at);
  let written = 0;
  let atDesk: Promise<void> | undefined;
  for (let from = 0; from < STORM_MINUTES * MINUTE_MS; from += sliceMs) {
    const end = stage.now() + sliceMs;
    for (; (waiting[written]?.person.at ?? Number.POSITIVE_INFINITY) < from + sliceMs; written += 1) {
      waiting[written]?.write(stage.now());
    }
    for (; (events[0]?.at ?? Number.POSITIVE_INFINITY) < from + sliceMs; ) {
      const event = events.shift();
      await event?.run();
      if (event?.what !== undefined) {
        say(`${event.what} at ${Math.round(from / 1_000)} s, when ${written} had written`);
      }
    }
    await untilHandled(drill, sliceMs);
    atDesk ??= drill.agent.work().finally(() => {
      atDesk = undefined;
    });
    await stage.advance(Math.max(end - stage.now(), 0));
  }
  await atDesk;
}

/** SIGKILL, and a start; customers go on meanwhile. */
async function kill({ stage }: Drill): Promise<void> {
  await stage.server().kill();
  void stage.restart();
}

async function untilHandled({ stage, phones }: Drill, sliceMs: number): Promise<void> {
  const end = performance.now() + Math.max(SLICE_PATIENCE_MS, sliceMs);
  do {
    await phones.look();
    await sleep(TICK_MS);
  } while (performance.now() < end && !(phones.isAllTried() && isHandled(stage) && isReady(stage, sliceMs)));
}

/** A clock that is turned by much while an event of Zalo waits for earlier ones would make that as long as the turn. */
function isReady(stage: ZaloStage, sliceMs: number): boolean {
  const held = stage.db.sqlite.prepare('SELECT 1 FROM zalo_waiting LIMIT 1');
  return sliceMs <= SHORT_SLICE_MS || (held.get() === undefined && isOut(stage));
}

function isHandled({ db }: ZaloStage): boolean {
  return db.sqlite.prepare('SELECT 1 FROM inbound_events WHERE handled_by IS NULL LIMIT 1').get() === undefined;
}

/** Tickets are opened after the turn that promises them. */
function isCarriedOut({ db }: ZaloStage): boolean {
  return db.sqlite.prepare("SELECT 1 FROM effects WHERE state = 'waiting' LIMIT 1").get() === undefined;
}

function isOut({ db }: ZaloStage): boolean {
  const open = db.sqlite.prepare("SELECT 1 FROM deliveries WHERE state IN ('queued', 'sending') LIMIT 1");
  return open.get() === undefined;
}

/** Waits until everything that was written has been answered, and what was said to that, too. */
function settle(drill: Drill): Promise<void> {
  const { stage, phones, people } = drill;
  let since = performance.now();
  return until(drill, () => {
    const isStill =
      phones.isAllBrought() &&
      isHandled(stage) &&
      isCarriedOut(stage) &&
      isOut(stage) &&
      people.every(({ phone }) => phone.seen().length > 0 || phone.channel !== 'web');
    since = isStill ? since : performance.now();
    // Zalo's events wait a moment for earlier ones before the product takes them up.
    return performance.now() - since > STILL_MS;
  });
}

/** The power is back: everybody is told, the server dies on the way, some contradict. */
async function restore(drill: Drill): Promise<void> {
  const { stage, plan, phones, dispatcher, say } = drill;
  await dispatcher.publish(stage.now());
  await dispatcher.restore(stage.now());
  // Enough who say "vẫn mất điện" are a new suspicion, whose end nobody tells here.
  const told = stage.db.sqlite
    .prepare(
      `SELECT count(told_at) * 1.0 / max(1, count(*)) FROM incident_links
       WHERE incident_id NOT IN (SELECT id FROM open_incidents)`,
    )
    .pluck();
  const shareTold = () => Number(told.get());
  await until(drill, () => shareTold() >= plan.killAtShareTold);
  await kill(drill);
  say(`killed again when ${Math.round(shareTold() * 100)} % had been told that the power is back`);
  await until(drill, () => stage.isUp() && shareTold() === 1 && isHandled(stage) && isOut(stage));
  // A page that could not look the first time answers after the second.
  for (let round = 0; round < 2; round += 1) {
    await phones.lookAtAll();
    await settle(drill);
  }
  await phones.lookAtAll();
}

/** Looks at the phones until it holds, and turns the clocks when nothing moves. Throws when nothing ever will. */
async function until({ stage, phones }: Drill, holds: () => boolean): Promise<void> {
  const turns = stage.db.sqlite.prepare('SELECT count(*) FROM turns').pluck();
  const ended = stage.db.sqlite.prepare('SELECT count(*) FROM attempts WHERE outcome IS NOT NULL').pluck();
  let [last, since, turnedAt, turnMs] = ['', performance.now(), performance.now(), TURN_MS];
  for (;;) {
    await phones.look();
    if (holds()) {
      return;
    }
    const seen = `${turns.get()} ${ended.get()}`;
    const now = performance.now();
    if (seen !== last) {
      [last, since, turnedAt, turnMs] = [seen, now, now, TURN_MS];
    } else if (now - since > DEAD_MS) {
      throw new Error(`Nothing has moved for ${DEAD_MS / 1_000} s: ${whatStands(stage)}.`);
    } else if (now - turnedAt > STUCK_MS && stage.isUp()) {
      await stage.advance(turnMs);
      await phones.lookAtAll();
      [turnedAt, turnMs] = [performance.now(), Math.min(turnMs * 2, LONGEST_TURN_MS)];
    }
    await sleep(TICK_MS);
  }
}

const UNTOLD = `SELECT count(*) || ' of ' || incident_id || ' (' || (SELECT state FROM incidents WHERE id = incident_id
  ORDER BY version DESC LIMIT 1) || ')' FROM incident_links WHERE told_at IS NULL GROUP BY incident_id`;

/** What is left undone, for whoever has to find out why. */
function whatStands(stage: ZaloStage): string {
  const count = (sql: string) => stage.db.sqlite.prepare(`SELECT count(*) FROM ${sql}`).pluck().get();
  return [
    stage.isUp() ? 'the server runs' : 'the server is down',
    `${count('inbound_events WHERE handled_by IS NULL')} events wait`,
    `${count("deliveries WHERE state = 'queued'")} messages are queued`,
    `${count("deliveries WHERE state = 'sending'")} under way`,
    `links untold: ${stage.db.sqlite.prepare(UNTOLD).pluck().all().join(' ') || 'none'}`,
    `${count("notices WHERE state IN ('waiting', 'given')")} notices open`,
    ...stage.log.slice(-3),
  ].join(', ');
}

function recordsOf({ stage, people }: Drill): readonly PersonRecord[] {
  const kept = readRecords(stage.db);
  return people.map(({ person, phone, ...live }) => {
    const id = phone.conversationId() ?? '';
    return {
      ...{ person, seen: phone.seen(), arrivedAt: phone.arrivedAt() },
      ...{ writtenAt: live.writtenAt() ?? 0, contradictedAt: live.contradictedAt() },
      ...{ reportedAt: kept.reportedAt(id), belongsTo: kept.belongsTo(id), isKnownVulnerable: kept.isVulnerable(id) },
      ...{ nested: kept.nested(id), uncertain: kept.uncertain(id), wasFolded: kept.isAnsweredTogether(id) },
    };
  });
}

function sayingsOf(outage: (typeof OUTAGES)[number]) {
  return { first: sourceOf(outage, 1), changed: sourceOf(outage, 2) };
}
