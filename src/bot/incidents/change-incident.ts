import type { Clock, Ids } from '../ports.ts';
import { type Incident, type IncidentAuthor, type IncidentFacts, type IncidentOrigin, mayFollow } from './incident.ts';
import type { IncidentRecords } from './incident-records.ts';

export interface ChangeIncidentDeps {
  readonly incidents: IncidentRecords;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'ticketNumber'>;
}

export type IncidentChange =
  | { readonly result: 'changed'; readonly incident: Incident }
  /** Somebody has changed it since the version that was seen. */
  | { readonly result: 'stale'; readonly incident: Incident }
  /** Nothing may follow its state, or not this. */
  | { readonly result: 'ended'; readonly incident: Incident }
  | { readonly result: 'not_found' };

/** What the outage system's message led to. `repeat`: this version of theirs, or a later one, is known already. */
export type OutageSystemChange =
  | Exclude<IncidentChange, { result: 'stale' | 'not_found' }>
  | {
      readonly result: 'repeat';
      readonly incident: Incident;
    };

export interface ChangeIncident {
  create(facts: IncidentFacts, by: IncidentAuthor): Promise<Incident>;
  /** A human's change of the version that stands on the screen. */
  change(id: string, seenVersion: number, facts: IncidentFacts, by: IncidentAuthor): Promise<IncidentChange>;
  /** The outage system's change: the same message twice is one change, and an older one changes nothing. */
  takeOver(origin: IncidentOrigin, facts: IncidentFacts, by: IncidentAuthor): Promise<OutageSystemChange>;
}

/** Others can win the next version again and again only while they make progress; more than this is a fault. */
const MOST_RUNS = 20;

/** Writes incidents: each change is one insert of the next version, so of two writers one always learns of the other. */
export function createChangeIncident({ incidents, clock, ids }: ChangeIncidentDeps): ChangeIncident {
  return {
    async create(facts, by) {
      const now = clock.now();
      const incident = firstVersion(ids.ticketNumber('SK', now), facts, by, now);
      if ((await incidents.append(incident)) === 'version_taken') {
        throw new Error('The number of a new incident is taken: two numbers were drawn alike. Try again.');
      }
      return incident;
    },
    async change(id, seenVersion, facts, by) {
      const before = await incidents.incident(id);
      if (before === undefined) {
        return { result: 'not_found' };
      }
      if (before.version !== seenVersion) {
        return { result: 'stale', incident: before };
      }
      if (!mayFollow(before.state, facts.state)) {
        return { result: 'ended', incident: before };
      }
      const incident = nextVersion(before, facts, by, clock.now());
      if ((await incidents.append(incident)) === 'appended') {
        return { result: 'changed', incident };
      }
      return { result: 'stale', incident: (await incidents.incident(id)) ?? before };
    },
    async takeOver(origin, facts, by) {
      const id = idOfOrigin(origin);
      for (let run = 0; run < MOST_RUNS; run += 1) {
        const before = await incidents.incident(id);
        if (before !== undefined && (before.origin?.version ?? 0) >= origin.version) {
          return { result: 'repeat', incident: before };
        }
        if (before !== undefined && !mayFollow(before.state, facts.state)) {
          return { result: 'ended', incident: before };
        }
        const now = clock.now();
        const incident =
          before === undefined
            ? { ...firstVersion(id, facts, by, now), origin }
            : { ...nextVersion(before, facts, by, now), origin };
        if ((await incidents.append(incident)) === 'appended') {
          return { result: 'changed', incident };
        }
      }
      throw new Error(
        `Gave up on an incident of the outage system after ${MOST_RUNS} runs: another writer never rests.`,
      );
    },
  };
}

export function firstVersion(id: string, facts: IncidentFacts, by: IncidentAuthor, now: number): Incident {
  return { ...facts, id, version: 1, updatedAt: now, changedBy: by };
}

/** The version after `before`. Its time never runs behind: "cập nhật lúc" must not go back on a node whose clock is late. */
export function nextVersion(before: Incident, facts: IncidentFacts, by: IncidentAuthor, now: number): Incident {
  return {
    ...facts,
    id: before.id,
    version: before.version + 1,
    updatedAt: Math.max(now, before.updatedAt),
    changedBy: by,
    ...(before.origin !== undefined && { origin: before.origin }),
  };
}

/** The facts of a version, to change some of them. */
export function factsOf(incident: Incident): IncidentFacts {
  const { id: _id, version: _version, updatedAt: _at, changedBy: _by, origin: _origin, ...facts } = incident;
  return facts;
}

function idOfOrigin(origin: IncidentOrigin): string {
  return `luoi/${origin.id}`;
}
