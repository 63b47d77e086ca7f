import { type Contact, isRequest, mainTopic, RETURN_MS } from './contact.ts';

/** What has become of a contact: exactly one of these, so that they add up to all contacts. */
export type ContactOutcome =
  /** Answered by the bot, never with a human, and 24 hours have passed without the customer coming back about it. */
  | 'contained'
  /** As contained, but the 24 hours are not over. */
  | 'not_yet_known'
  /** Answered by the bot, and the customer came back about it within 24 hours. */
  | 'returned'
  /** Not understood, or broken off before the answer. */
  | 'left_open'
  | 'handed_off'
  /** Asked for nothing: greetings, thanks, what is no business of ours. */
  | 'no_request';

export const OUTCOMES: readonly ContactOutcome[] = [
  ...(['contained', 'not_yet_known', 'returned', 'left_open', 'handed_off', 'no_request'] as const),
];

export function outcomeOf(contact: Contact, now: number): ContactOutcome {
  if (contact.handoff !== undefined) {
    return 'handed_off';
  }
  if (!contact.topics.some(isRequest) && contact.missed === 0 && contact.askedBack === 0) {
    return 'no_request';
  }
  if (!contact.isAnswered) {
    return 'left_open';
  }
  if (contact.returnedAt !== undefined) {
    return 'returned';
  }
  return now - contact.lastAt > RETURN_MS ? 'contained' : 'not_yet_known';
}

/** Counts over some contacts. Every part stands beside its whole: see `docs/figures.md`. */
export interface Tally {
  contacts: number;
  readonly outcomes: Record<ContactOutcome, number>;
  messages: number;
  missed: number;
  askedBack: number;
  /** Contacts with at least one message that was not understood. */
  contactsMissed: number;
  readonly reasons: Record<string, number>;
  /** ms until the first words of a human, one for each contact that got them. */
  readonly waits: number[];
  gaveUp: number;
  stillWaiting: number;
  emergencies: number;
  readonly emergencyWaits: number[];
  codesAsked: number;
  verified: number;
  ratings: number;
  ratingSum: number;
  readonly tickets: Record<string, number>;
  outageContacts: number;
  toldAtOnce: number;
  restorationTold: number;
  powerBack: number;
  stillOut: number;
}

export function emptyTally(): Tally {
  return {
    ...{ contacts: 0, messages: 0, missed: 0, askedBack: 0, contactsMissed: 0, reasons: {}, waits: [] },
    outcomes: { contained: 0, not_yet_known: 0, returned: 0, left_open: 0, handed_off: 0, no_request: 0 },
    ...{ gaveUp: 0, stillWaiting: 0, emergencies: 0, emergencyWaits: [], codesAsked: 0, verified: 0 },
    ...{ ratings: 0, ratingSum: 0, tickets: {} },
    ...{ outageContacts: 0, toldAtOnce: 0, restorationTold: 0, powerBack: 0, stillOut: 0 },
  };
}

/** Where a contact is counted: one channel and one topic, so that nothing is counted twice. */
export interface TallyPlace {
  readonly channel: string;
  /** `none`: nothing was understood. */
  readonly topic: string;
}

export function placeOf(contact: Contact): TallyPlace {
  return { channel: contact.channel, topic: mainTopic(contact) ?? 'none' };
}

/** Adds one contact, as it stands at `now` (UTC ms). */
export function addContact(tally: Tally, contact: Contact, now: number): void {
  const { handoff, emergency, outage } = contact;
  tally.contacts += 1;
  tally.outcomes[outcomeOf(contact, now)] += 1;
  tally.messages += contact.messages;
  tally.missed += contact.missed;
  tally.askedBack += contact.askedBack;
  tally.contactsMissed += Number(contact.missed > 0);
  if (handoff !== undefined) {
    tally.reasons[handoff.reason] = (tally.reasons[handoff.reason] ?? 0) + 1;
    if (handoff.humanAt !== undefined) {
      tally.waits.push(handoff.humanAt - handoff.since);
    } else if (handoff.leftAt !== undefined || now - handoff.since > RETURN_MS) {
      tally.gaveUp += 1;
    } else {
      tally.stillWaiting += 1;
    }
  }
  if (emergency !== undefined) {
    tally.emergencies += 1;
    if (emergency.humanAt !== undefined) {
      tally.emergencyWaits.push(emergency.humanAt - emergency.at);
    }
  }
  tally.codesAsked += Number(contact.codesSent > 0);
  tally.verified += Number(contact.codesSent > 0 && contact.isVerified);
  tally.ratings += Number(contact.rating !== undefined);
  tally.ratingSum += contact.rating ?? 0;
  for (const [kind, count] of Object.entries(contact.tickets)) {
    tally.tickets[kind] = (tally.tickets[kind] ?? 0) + count;
  }
  if (outage !== undefined) {
    tally.outageContacts += Number(outage.reported + outage.asked > 0);
    tally.toldAtOnce += Number(outage.atOnce > 0);
    tally.restorationTold += Number(outage.toldAt !== undefined);
    tally.powerBack += Number(outage.back > 0);
    tally.stillOut += Number(outage.stillOut > 0);
  }
}

/** Adds what others have counted of other contacts. */
export function addTally(sum: Tally, more: Tally): void {
  for (const key of Object.keys(sum) as (keyof Tally)[]) {
    const value = more[key];
    if (Array.isArray(value)) {
      (sum[key] as number[]).push(...value);
    } else if (typeof value === 'number') {
      (sum as unknown as Record<string, number>)[key] = (sum[key] as number) + value;
    } else {
      addCounts(sum[key] as Record<string, number>, value);
    }
  }
}

function addCounts(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) {
    sum[name] = (sum[name] ?? 0) + count;
  }
}

/** The smallest wait that at least `share` of all waits do not exceed; `undefined` of none. */
export function percentile(waits: readonly number[], share: number): number | undefined {
  const sorted = [...waits].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
