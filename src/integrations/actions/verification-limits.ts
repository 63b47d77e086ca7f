import type { SlotCounter } from '../../bot/ports.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const SMS_AN_HOUR = 3;
const SMS_A_DAY = 5;
const TRIES_A_CHALLENGE = 3;
const FAILURES_A_DAY = 10;

/** A counted act. The same claim again is the same act, so that a turn may run again. */
export interface CountedAct {
  readonly slots: SlotCounter;
  /** What it is counted for; must not be readable. */
  readonly of: string;
  readonly claim: string;
  /** UTC ms. */
  readonly now: number;
}

/** Whether one more SMS may go to this phone. */
export function takeSms(act: CountedAct): Promise<boolean> {
  return takeHourAndDay(act, 'sms');
}

/** Whether a one-time code may be asked for once more for this customer code: as often as its phone may get one. */
export function takeAsking(act: CountedAct): Promise<boolean> {
  return takeHourAndDay(act, 'otp');
}

/** The hour comes first: a refusal must not use up the day. */
async function takeHourAndDay({ slots, of, claim, now }: CountedAct, what: 'sms' | 'otp'): Promise<boolean> {
  return (
    (await slots.take({ key: `${what}_hour/${of}`, claim, limit: SMS_AN_HOUR, expiresAt: now + HOUR_MS })) &&
    (await slots.take({ key: `${what}_day/${of}`, claim, limit: SMS_A_DAY, expiresAt: now + DAY_MS }))
  );
}

/** Takes a try at a challenge; tells how many are left after it, or `undefined` when there was none to take. */
export function takeTry(act: CountedAct): Promise<number | undefined> {
  return takeOne(act, { key: `otp_try/${act.of}`, limit: TRIES_A_CHALLENGE });
}

/** Counts a wrong code against a customer code, in whatever conversation it was typed; tells how many are left. */
export function takeFailure(act: CountedAct): Promise<number | undefined> {
  return takeOne(act, failures(act.of));
}

/** Whether all wrong codes of the day are used up. */
export async function isLockedForToday({ slots, of }: Pick<CountedAct, 'slots' | 'of'>): Promise<boolean> {
  const { key, limit } = failures(of);
  return (await slots.count(key)) >= limit;
}

interface Limit {
  readonly key: string;
  readonly limit: number;
}

function failures(of: string): Limit {
  return { key: `otp_failure/${of}`, limit: FAILURES_A_DAY };
}

async function takeOne({ slots, claim, now }: CountedAct, { key, limit }: Limit): Promise<number | undefined> {
  const isTaken = await slots.take({ key, claim, limit, expiresAt: now + DAY_MS });
  return isTaken ? limit - (await slots.count(key)) : undefined;
}
