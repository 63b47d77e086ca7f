import type { Incident } from '../../bot/incidents/incident.ts';
import type { Outage } from '../../bot/records.ts';

/** A version of an incident as the answers about outages tell it. */
export function incidentAsOutage({ id, version, state, area, startedAt, ...known }: Incident): Outage {
  return {
    ...{ id, kind: 'incident', version: String(version), updatedAt: known.updatedAt },
    state: state === 'suspected' || state === 'ongoing' ? 'ongoing' : state === 'restored' ? 'restored' : 'cancelled',
    ...{ unit: area.unit ?? '', area: area.text, province: area.province },
    ...(area.district !== undefined && { district: area.district }),
    ...{ communes: area.communes, feeders: area.feeders, from: startedAt },
    ...(known.expectedReturn !== undefined && {
      to: known.expectedReturn.at,
      toSource: known.expectedReturn.source,
    }),
    ...(known.cause !== undefined && { reason: known.cause }),
  };
}
