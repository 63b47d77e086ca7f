import { likeliest } from '../../bot/incidents/lines-around.ts';
import { reasonsFor } from '../../bot/incidents/match-report.ts';
import { whereOf } from '../../bot/incidents/where-of.ts';
import type { ActionResult, Slots } from '../../dialogs/run-action.ts';
import type { Action, ActionDeps } from './action.ts';
import { incidentProvenance, incidentSentences } from './incident-words.ts';
import { outageReport } from './outage-report.ts';

/** In a storm: a report of a place whose incident is known, a suspicion too, need not be asked any further. */
export const findStormIncident: Action = async (slots, { now }, deps) => {
  const found = await stormIncident(slots, now, deps);
  return found === undefined
    ? { outcome: 'calm' }
    : {
        ...found.told,
        effects: [{ kind: 'report_outage', report: outageReport('reported', slots, found.incidentId) }],
      };
};

/** What is told of the incident of this place while storm mode is on; `undefined`: it is off, or there is none. */
export async function stormIncident(
  { customer_code: code, place }: Slots,
  now: number,
  { customers, incidents, reports, storm, utility }: ActionDeps,
): Promise<{ readonly incidentId: string; readonly told: ActionResult } | undefined> {
  const isNamed = code !== undefined || place !== undefined;
  if (!isNamed || (await storm.stormSwitch())?.isOn !== true) {
    return undefined;
  }
  const customer = code === undefined ? undefined : await customers.customer(code);
  const where = { ...(customer && whereOf(customer)), ...(place !== undefined && { place }) };
  const found = (await incidents.openIncidents()).filter(
    (incident) => reasonsFor(where, incident, utility.provinceNames).length > 0,
  );
  const confirmed = found.filter(({ state }) => state === 'ongoing');
  const likely = confirmed.length > 0 ? confirmed : found.toReversed();
  const incident = await likeliest(likely, ({ area }) => area.feeders, where, now, { reports, ...utility });
  return (
    incident && {
      incidentId: incident.id,
      told: {
        outcome: incident.state === 'ongoing' ? 'incident' : 'suspected',
        slots: { outage_text: incidentSentences(incident, now) },
        provenance: [incidentProvenance(incident)],
      },
    }
  );
}
