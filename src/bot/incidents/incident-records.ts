import type { Incident } from './incident.ts';

/**
 * Incidents as an append-only record. Nothing is cached in front of it: whoever reads after an `append` has resolved
 * reads that version or a later one, on whatever node.
 */
export interface IncidentRecords {
  /** Inserts one version; durable when it resolves. `version_taken`: somebody else has made this one. */
  append(incident: Incident): Promise<'appended' | 'version_taken'>;
  /** The newest version. */
  incident(id: string): Promise<Incident | undefined>;
  /** The newest version of each incident that has not ended, in the order in which they began. */
  openIncidents(): Promise<readonly Incident[]>;
  /** The last versions of incidents that have ended since that time, UTC ms; the latest first. */
  endedIncidents(since: number, limit: number): Promise<readonly Incident[]>;
  /** Every version of one incident, oldest first. */
  incidentVersions(id: string): Promise<readonly Incident[]>;
}
