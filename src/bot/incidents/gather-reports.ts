import type { Incident } from './incident.ts';
import { createLinkReport } from './link-report.ts';
import { groupKeysOf } from './match-report.ts';
import { createMoveStrangers } from './move-strangers.ts';
import type { SuspectOutageDeps } from './suspect-outage.ts';

/** Reports that were being taken while the incident changed have been kept by then. */
const SETTLED_AFTER_MS = 60_000;
const MOST_AT_ONCE = 500;

/**
 * One round of putting reports to incidents that were made or widened after them: whoever wrote before a dispatcher knew
 * is told of the return as well. Looks at each version of an incident until it has stood for a minute.
 */
export function createGatherReports(deps: SuspectOutageDeps): () => Promise<void> {
  const { reports, incidents, rules, clock } = deps;
  const linkReport = createLinkReport(deps);
  const strangers = createMoveStrangers(deps);
  const gathered = new Map<string, number>();
  const sifted = new Map<string, number>();

  async function gather(incident: Incident, open: readonly Incident[]): Promise<void> {
    const since = incident.startedAt - rules.groupMs;
    const keys = keysOf(incident, deps);
    for (const report of await reports.unlinked({ keys, since, limit: MOST_AT_ONCE })) {
      if (report.kind !== 'back') {
        await linkReport(report, open);
      }
    }
  }

  /** Once for each version: whoever comes later is put where his line says. */
  async function sift(incident: Incident): Promise<void> {
    if (incident.area.feeders.length > 0 && sifted.get(incident.id) !== incident.version) {
      await strangers.all(incident);
      sifted.set(incident.id, incident.version);
    }
  }

  return async () => {
    const now = clock.now();
    const open = await incidents.openIncidents();
    for (const incident of open.filter(({ id, version }) => gathered.get(id) !== version)) {
      await sift(incident);
      await gather(incident, open);
      if (now - incident.updatedAt >= SETTLED_AFTER_MS) {
        gathered.set(incident.id, incident.version);
      }
    }
    const known = new Set(open.map(({ id }) => id));
    for (const seen of [gathered, sifted]) {
      for (const id of seen.keys()) {
        if (!known.has(id)) {
          seen.delete(id);
        }
      }
    }
  };
}

/** What reports of its area are kept under. */
function keysOf({ area }: Incident, { provinceNames }: Pick<SuspectOutageDeps, 'provinceNames'>): readonly string[] {
  const places = area.communes.flatMap((commune) =>
    provinceNames(area.province).map((province) => ({ place: `${commune} / ${province}` })),
  );
  const keys = [...area.feeders.map((feeder) => ({ feeder })), ...places].flatMap((where) =>
    groupKeysOf(where, provinceNames),
  );
  return [...new Set(keys)];
}
