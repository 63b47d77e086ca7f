import type { Incident, IncidentAuthor } from '../../bot/incidents/incident.ts';
import type { PlannedOutage } from '../../bot/records.ts';
import { addDays } from '../../tariffs/days.ts';
import { dayOf, timeOf } from '../local-time.ts';
import { DEMO_AREAS, type DemoArea } from './demo-areas.ts';

interface Plan {
  readonly unit: string;
  /** Days from today. */
  readonly inDays: number;
  readonly from: string;
  readonly to: string;
  /** Which of the area's feeders; both when absent. */
  readonly feeder?: 0 | 1;
  readonly where: string;
  readonly reason: string;
}

const PLANS: readonly Plan[] = [
  {
    unit: 'PB0901',
    inDays: 1,
    from: '07:30',
    to: '11:00',
    where: 'đường Đồng Khởi, đường Hùng Vương',
    reason: 'Bảo trì, sửa chữa lưới điện',
  },
  {
    unit: 'PB1101',
    inDays: 1,
    from: '13:00',
    to: '15:30',
    feeder: 1,
    where: 'hẻm 90 đến hẻm 132 đường Trần Phú',
    reason: 'Thay dây hạ áp',
  },
  {
    unit: 'PB0606',
    inDays: 2,
    from: '08:00',
    to: '16:30',
    where: 'ấp 1A, ấp 1B, ấp 3 dọc Quốc lộ 50',
    reason: 'Nâng công suất trạm biến áp',
  },
  {
    unit: 'PK0100',
    inDays: 2,
    from: '06:00',
    to: '09:00',
    feeder: 0,
    where: 'khu phố 1 và khu phố 4, đường 30 Tháng 4',
    reason: 'Di dời trụ điện để mở rộng đường',
  },
  {
    unit: 'PB0201',
    inDays: 3,
    from: '07:00',
    to: '12:00',
    where: 'đường Thủ Khoa Huân, đường Trần Hưng Đạo',
    reason: 'Vệ sinh sứ cách điện',
  },
  {
    unit: 'PB1401',
    inDays: 4,
    from: '07:30',
    to: '17:00',
    feeder: 0,
    where: 'đường Phan Ngọc Hiển, khóm 5, khóm 6',
    reason: 'Bảo trì, sửa chữa lưới điện',
  },
  {
    unit: 'PB0701',
    inDays: 4,
    from: '08:30',
    to: '10:30',
    feeder: 1,
    where: 'đường Nguyễn Huệ, chợ Cao Lãnh',
    reason: 'Phát quang hành lang an toàn lưới điện',
  },
]; // prettier-ignore

const INCIDENT_UNIT = 'PB1301';
const INCIDENT_AGE_MS = 50 * 60_000;

export const DEMO_AUTHOR: IncidentAuthor = { kind: 'outage_system', id: 'demo', name: 'Điều độ (dùng thử)' };

/** Planned outages of the next five days, seen from `now`. */
export function demoOutages(now: number, version: string): readonly PlannedOutage[] {
  const today = dayOf(now);
  return PLANS.map((plan) => plannedOutage(plan, today, now, version));
}

/** The first version of an incident that is under way at `now`. */
export function demoIncident(now: number): Incident {
  const { unit, province, district, commune, feeders } = areaOf(INCIDENT_UNIT);
  return {
    ...{ id: `SK-${INCIDENT_UNIT}-${dayOf(now)}`, version: 1, state: 'ongoing', updatedAt: now },
    area: {
      text: `${commune}: đường Nguyễn Trung Trực và các hẻm lân cận`,
      ...{ unit, province, communes: [commune], feeders: [feeders[0]] },
      ...(district !== undefined && { district }),
    },
    startedAt: now - INCIDENT_AGE_MS,
    cause: 'Cây ngã vào đường dây',
    changedBy: DEMO_AUTHOR,
  };
}

function plannedOutage(plan: Plan, today: string, now: number, version: string): PlannedOutage {
  const area = areaOf(plan.unit);
  const day = addDays(today, plan.inDays);
  return {
    ...common(area, now, version),
    id: `${plan.unit}-${day}`,
    kind: 'planned',
    state: 'scheduled',
    area: `${area.commune}: ${plan.where}`,
    feeders: plan.feeder === undefined ? area.feeders : [area.feeders[plan.feeder]],
    from: timeOf(day, plan.from),
    to: timeOf(day, plan.to),
    reason: plan.reason,
  };
}

function common({ unit, province, district, commune }: DemoArea, now: number, version: string) {
  return { unit, province, district, communes: [commune], version, updatedAt: now };
}

function areaOf(unit: string): DemoArea {
  const area = DEMO_AREAS.find((candidate) => candidate.unit === unit);
  if (area === undefined) {
    throw new Error(`The demo has no area ${unit}: add it to demo-areas.ts.`);
  }
  return area;
}
