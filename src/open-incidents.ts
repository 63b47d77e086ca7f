import { type ChangeIncident, type ChangeIncidentDeps, createChangeIncident } from './bot/incidents/change-incident.ts';
import type { Config } from './config.ts';
import { createOutageSystemApi } from './integrations/incidents/outage-system-routes.ts';
import type { Utility } from './integrations/load-utility.ts';

interface IncidentParts
  extends ChangeIncidentDeps,
    Pick<Config, 'incidentApiKey'>,
    Pick<Utility, 'corporationOfPlace' | 'ours'> {}

/** Everything that writes incidents: what the desk needs for it, and the way of the utility's outage system. */
export function openIncidents({ incidentApiKey: key, corporationOfPlace, ours, ...deps }: IncidentParts) {
  const isOurProvince = (name: string) => corporationOfPlace(name)?.id === ours.id;
  const changeIncident: ChangeIncident = createChangeIncident(deps);
  return {
    ...createOutageSystemApi({ changeIncident, key, isOurProvince, clock: deps.clock }),
    desk: { changeIncident, isOurProvince },
  };
}
