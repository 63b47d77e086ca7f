import type { Incident, IncidentFacts } from '../../../bot/incidents/incident.ts';
import type { LinkCounts } from '../../../bot/incidents/outage-report.ts';
import type { StormSwitch } from '../../../bot/incidents/storm-mode.ts';

/** `GET incidents`. */
export interface IncidentsAnswer {
  readonly now: number;
  readonly open: readonly Incident[];
  /** How many belong to each incident, and what they have answered, by its id. */
  readonly counts: Readonly<Record<string, LinkCounts>>;
  readonly storm?: StormSwitch;
  /** Those of the last day, the latest first. */
  readonly ended: readonly Incident[];
}

/** `GET incidents/versions`: everything that was ever known of one incident, oldest first. */
export interface IncidentVersionsAnswer {
  readonly versions: readonly Incident[];
}

/** `POST incidents/create`. Times are UTC ms. */
export interface IncidentCreation {
  readonly facts: IncidentFacts;
}

/** `POST incidents/change`. `version`: the one on the screen. */
export interface IncidentChangeRequest extends IncidentCreation {
  readonly id: string;
  readonly version: number;
}

/** `POST incidents/answer`. `key`: made once per answer; sent again, it is the same. */
export interface IncidentReply {
  readonly id: string;
  readonly text: string;
  readonly key: string;
}

export interface IncidentReplyAnswer {
  readonly answered: number;
  /** Waited too, and are not answered yet: asked for again, the next of them are. */
  readonly left: number;
}

/** What `POST incidents/create` and `POST incidents/change` answer. */
export interface IncidentAnswer {
  readonly incident: Incident;
}
