/**
 * One version of what is known about an unplanned outage: immutable, unique by (id, version). Every change is the next
 * version, so whoever tells of an incident can say which one he read.
 */
export interface Incident extends IncidentFacts {
  /** Number to read out on the phone, `SK261128-4K7Q2`; of a suspicion `nghi/<what its reports share>/<day>/<number>`. */
  readonly id: string;
  /** From 1. */
  readonly version: number;
  /** UTC ms of this version: what customers are told as "cập nhật lúc". */
  readonly updatedAt: number;
  readonly changedBy: IncidentAuthor;
  /** The change of the utility's outage system that this version or an earlier one took over last. */
  readonly origin?: IncidentOrigin;
}

/** What dispatchers and the outage system say about an incident. */
export interface IncidentFacts {
  readonly state: IncidentState;
  readonly area: IncidentArea;
  /** UTC ms. */
  readonly startedAt: number;
  /** UTC ms; set with `restored`. */
  readonly restoredAt?: number;
  /** Absent while nobody knows. */
  readonly cause?: string;
  /** Absent while nobody has said so: a time of return is never made up. */
  readonly expectedReturn?: ExpectedReturn;
  /** Why the reports are taken for one incident: shown at the desk, never to customers. */
  readonly reasons?: readonly string[];
  /** The incident that it turned out to be; set with `merged`. */
  readonly mergedInto?: string;
}

/**
 * `suspected`: reports came together, nobody has confirmed anything. `ongoing`: confirmed. The others are ends:
 * nothing follows them.
 */
export type IncidentState = 'suspected' | 'ongoing' | 'restored' | 'cancelled' | 'merged';

export interface IncidentArea {
  /** As people say it: streets, hamlets, transformers. */
  readonly text: string;
  /** First six characters of the codes that it serves. Without feeders and places it is the whole unit's. */
  readonly unit?: string;
  /** Old or new name, as the others. */
  readonly province: string;
  readonly district?: string;
  readonly communes: readonly string[];
  /** Feeders and transformers. */
  readonly feeders: readonly string[];
}

export interface ExpectedReturn {
  /** UTC ms. */
  readonly at: number;
  /** Who says so, for example "Điều độ Bến Lức". */
  readonly source: string;
}

export interface IncidentAuthor {
  readonly kind: 'agent' | 'outage_system' | 'reports';
  readonly id: string;
  readonly name: string;
}

export interface IncidentOrigin {
  /** The outage system's own number. */
  readonly id: string;
  readonly version: number;
}

/** Which state may follow which: what is not here cannot happen. */
const FOLLOWS: Readonly<Record<IncidentState, readonly IncidentState[]>> = {
  suspected: ['suspected', 'ongoing', 'restored', 'cancelled', 'merged'],
  ongoing: ['ongoing', 'restored', 'cancelled', 'merged'],
  restored: [],
  cancelled: [],
  merged: [],
};

export function mayFollow(before: IncidentState, after: IncidentState): boolean {
  return FOLLOWS[before].includes(after);
}

/** By their beginning, then by their number: the same order on every engine. */
export function byStart(a: Incident, b: Incident): number {
  return a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1);
}

export function isOpen({ state }: Pick<Incident, 'state'>): boolean {
  return FOLLOWS[state].length > 0;
}
