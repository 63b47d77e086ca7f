import { Gauge, type Registry } from 'prom-client';
import type { IncidentRecords } from '../bot/incidents/incident-records.ts';
import { type OutageReports, sumOfReporters } from '../bot/incidents/outage-report.ts';
import type { StormSwitches } from '../bot/incidents/storm-mode.ts';
import type { Clock } from '../bot/ports.ts';
import type { ShiftRecords } from './agent-desk/shift-records.ts';

export interface StormMeasures {
  readonly reports: Pick<OutageReports, 'reportersIn' | 'linkCounts'>;
  readonly incidents: Pick<IncidentRecords, 'openIncidents'>;
  readonly storm: Pick<StormSwitches, 'stormSwitch'>;
  readonly shift: Pick<ShiftRecords, 'load'>;
  readonly clock: Clock;
}

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;

/** Gauges for a storm: read from the store when somebody looks, so every node shows the same. */
export function measureStorm(registry: Registry, { reports, incidents, storm, shift, clock }: StormMeasures): void {
  const gauge = (name: string, help: string, read: () => Promise<number>) => {
    const made: Gauge = new Gauge({
      ...{ name: `lang_nghe_${name}`, help, registers: [registry] },
      // One that cannot be read is missing; the others are shown all the same.
      collect: () =>
        read().then(
          (value) => made.set(value),
          () => made.remove(),
        ),
    });
  };
  const lastHour = async () =>
    sumOfReporters(await reports.reportersIn({ from: clock.now() - HOUR_MS, to: clock.now() + 1 }));

  gauge('storm_mode', '1 while storm mode is on.', async () => Number((await storm.stormSwitch())?.isOn ?? false));
  gauge('open_incidents', 'Incidents that have not ended, suspicions among them.', async () => {
    return (await incidents.openIncidents()).length;
  });
  gauge('open_outage_reports', 'Customers who belong to an incident that has not ended.', async () => {
    const open = await incidents.openIncidents();
    const counts = await Promise.all(open.map(({ id }) => reports.linkCounts(id)));
    return counts.reduce((sum, { linked }) => sum + linked, 0);
  });
  gauge('outage_reporters_hour', 'Customers who reported an outage, or asked, in the last hour.', async () => {
    return (await lastHour()).reporters;
  });
  gauge('outage_reporters_grouped_hour', 'Of those of the last hour: put to an incident.', async () => {
    return (await lastHour()).grouped;
  });
  gauge('queue_waiting', 'Conversations that wait for an agent.', async () => (await shift.load()).waiting);
  gauge('queue_oldest_seconds', 'How long the first of them has waited; 0 when nobody waits.', async () => {
    const since = (await shift.load()).longestWaitSince;
    return since === undefined ? 0 : Math.max(0, clock.now() - since) / SECOND_MS;
  });
}
