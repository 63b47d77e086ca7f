import { likeliest } from '../../bot/incidents/lines-around.ts';
import { whereOf } from '../../bot/incidents/where-of.ts';
import type { Outage } from '../../bot/records.ts';
import { levelOf } from '../../dialogs/identity.ts';
import { dayOf, endOf } from '../local-time.ts';
import type { Action } from './action.ts';
import { stormIncident } from './find-storm-incident.ts';
import { outageReport } from './outage-report.ts';
import { outageProvenance, outageSentences } from './outage-words.ts';
import { corporationFor, servedElsewhere } from './served-by.ts';

/** The dialog in which customers only ask: their question is no report. */
const ASKING = 'outage-status';

/**
 * Why the power may be off now; the report or the question goes to the incident that it belongs to. Whoever is not
 * verified gets the same answer whether the contract is cut off for debt or not: the check for it must not come before
 * what everybody may hear.
 */
export const findKnownOutage: Action = async (slots, context, deps) => {
  const { identities, now } = context;
  const { customers, outages, reports, utility } = deps;
  const { customer_code: code, place = '' } = slots;
  // A province alone is no place where the power is off.
  const isPrecise = place.includes('/') && utility.corporationOfPlace(place) !== undefined;
  const customer = code === undefined ? undefined : await customers.customer(code);
  const isCutOff = customer?.connection === 'disconnected_debt' && levelOf(identities, code, now) === 'verified';
  // Somebody cut off may still report another place.
  if (isCutOff && !isPrecise) {
    return { outcome: 'disconnected_debt' };
  }
  const window = { from: now, to: now + 1 };
  const current = [
    ...(customer === undefined ? [] : await outages.forCustomer(customer, window)),
    ...(isPrecise ? await outages.forPlace(place, window) : []),
  ].filter((outage) => isCurrent(outage, now));
  const where = { ...(customer && whereOf(customer)), ...(isPrecise && { place }) };
  const outage =
    current.find(({ kind }) => kind === 'planned') ??
    (await likeliest(current, ({ feeders }) => feeders, where, now, { reports, ...utility }));
  if (outage?.kind === 'planned') {
    const outcome = slots['priority_reason'] === undefined ? 'planned' : 'planned_priority';
    return { ...told(outage, now), outcome };
  }
  const kind = context.dialog === ASKING ? 'asked' : 'reported';
  const reporting = (toldOf?: string) => [
    { kind: 'report_outage' as const, report: outageReport(kind, slots, toldOf) },
  ];
  if (outage !== undefined) {
    return { ...told(outage, now), effects: reporting(outage.id) };
  }
  const suspected = await stormIncident(slots, now, deps);
  if (suspected !== undefined) {
    return { ...suspected.told, effects: reporting(suspected.incidentId) };
  }
  const elsewhere = servedElsewhere(corporationFor({ place }, now, utility), utility);
  return { outcome: 'none', replies: elsewhere, ...(elsewhere.length === 0 && { effects: reporting() }) };
};

function told(outage: Outage, now: number) {
  return {
    outcome: outage.kind,
    slots: { outage_text: outageSentences(outage, now) },
    provenance: [outageProvenance(outage)],
  };
}

function isCurrent(outage: Outage, now: number): boolean {
  const hasBegun = outage.from <= now;
  return hasBegun && (outage.state === 'ongoing' || now < (outage.to ?? endOf(dayOf(outage.from))));
}
