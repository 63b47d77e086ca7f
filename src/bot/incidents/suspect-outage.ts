import type { Clock } from '../ports.ts';
import { firstVersion } from './change-incident.ts';
import { type Incident, type IncidentArea, isOpen } from './incident.ts';
import { areaText, type LinkReportDeps, linkOf, REPORTS } from './link-report.ts';
import { groupKeysOf } from './match-report.ts';
import type { OutageReport } from './outage-report.ts';
import type { StormRules } from './storm-rules.ts';

export interface SuspectOutageDeps extends LinkReportDeps {
  readonly rules: Pick<StormRules, 'groupMs' | 'groupSize'>;
  readonly clock: Clock;
}

export interface SuspectOutage {
  /** Puts a report that belongs to no incident with others that share its feeder or place, when they are enough. */
  suspect(report: OutageReport): Promise<void>;
  /** Makes a suspicion of reports that share this key and puts them to it; `undefined`: they are too few, or nowhere. */
  begin(key: string, together: readonly OutageReport[]): Promise<Incident | undefined>;
}

const MOST_TOGETHER = 500;
const MOST_A_DAY = 100;
const DAY_MS = 86_400_000;
const ZONE_MS = 7 * 3_600_000;

export function createSuspectOutage({
  reports,
  incidents,
  provinceNames,
  rules,
  clock,
}: SuspectOutageDeps): SuspectOutage {
  /** Its number within the day is drawn by the insert: of two nodes that see the same reports one makes it. */
  async function incidentOf(key: string, together: readonly OutageReport[], customers: number) {
    const first = together[0] as OutageReport;
    const minutes = Math.max(1, Math.ceil(((together.at(-1)?.at ?? first.at) - first.at) / 60_000));
    const area = areaOf(key, together);
    for (let number = 1; number <= MOST_A_DAY; number += 1) {
      const id = `nghi/${slugOf(key)}/${dayOf(first.at)}/${number}`;
      const known = await incidents.incident(id);
      if (known !== undefined && isOpen(known)) {
        return known;
      }
      if (known === undefined && area !== undefined) {
        const reasons = [`${customers} khách báo trong ${minutes} phút`, reasonOf(key, together)];
        const facts = { state: 'suspected', area, startedAt: first.at, reasons } as const;
        await incidents.append(firstVersion(id, facts, REPORTS, clock.now()));
        return incidents.incident(id);
      }
    }
    return undefined;
  }

  async function begin(key: string, together: readonly OutageReport[]): Promise<Incident | undefined> {
    const customers = new Set(together.map(({ conversationId }) => conversationId)).size;
    const incident = customers < rules.groupSize ? undefined : await incidentOf(key, together, customers);
    for (const one of incident === undefined ? [] : together) {
      await reports.link(linkOf(incident as Incident, one, [reasonOf(key, together)]));
    }
    return incident;
  }

  return {
    begin,
    async suspect(report) {
      for (const key of groupKeysOf(report.where, provinceNames)) {
        const since = report.at - rules.groupMs;
        const together = await reports.unlinked({ keys: [key], since, limit: MOST_TOGETHER });
        if (new Set(together.map(({ conversationId }) => conversationId)).size >= rules.groupSize) {
          await begin(key, together);
          return;
        }
      }
    },
  };
}

/** What a suspicion of these reports covers. */
function areaOf(key: string, together: readonly OutageReport[]): IncidentArea | undefined {
  const places = together.flatMap(({ where }) => where.place?.split(' / ') ?? []);
  const province = together.flatMap(({ where }) => where.place?.split(' / ').at(-1) ?? [])[0];
  if (province === undefined || places.length === 0) {
    return undefined;
  }
  const communes = [...new Set(together.flatMap(({ where }) => where.place?.split(' / ')[0] ?? []))];
  const feeders = key.startsWith('feeder/') ? [key.slice('feeder/'.length)] : [];
  return { text: areaText(communes, feeders), province, communes, feeders };
}

function reasonOf(key: string, together: readonly OutageReport[]): string {
  if (key.startsWith('feeder/')) {
    return `cùng xuất tuyến ${key.slice('feeder/'.length)}`;
  }
  const names = together[0]?.where.place?.split(' / ') ?? [];
  return `cùng nơi: ${[...new Set([names[0], names.at(-1)])].join(', ')}`;
}

/** Only signs that an event of a notice may have. */
function slugOf(key: string): string {
  return key
    .normalize('NFD')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._/-]+/g, '-');
}

function dayOf(at: number): string {
  return new Date(Math.floor((at + ZONE_MS) / DAY_MS) * DAY_MS).toISOString().slice(0, 10);
}
