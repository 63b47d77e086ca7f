import { factsOf, nextVersion } from '../../bot/incidents/change-incident.ts';
import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import type { Tariffs } from '../../tariffs/tariff.ts';
import { dayOf } from '../local-time.ts';
import type { UtilityRecords } from '../storage/utility-records.ts';
import { demoAccount } from './demo-bills.ts';
import { demoCustomers } from './demo-customers.ts';
import { DEMO_ORGANISATION } from './demo-organisation.ts';
import { DEMO_AUTHOR, demoIncident, demoOutages } from './demo-outages.ts';

/** Codes to try, with what each one shows. */
export const DEMO_HINTS: readonly { readonly code: string; readonly note: string }[] = [
  { code: 'PB06010001234', note: 'Hộ gia đình ở Tân An (Long An cũ): hóa đơn mới nhất 250 kWh' },
  { code: 'PB11010007001', note: 'Ba hợp đồng cùng một số điện thoại ở Cần Thơ, có hóa đơn chưa thanh toán' },
  { code: 'PB09010003001', note: 'Bến Tre: ngày mai có lịch ngừng cấp điện' },
  { code: 'PB13010010001', note: 'Rạch Giá: khu vực đang có sự cố' },
];

/** The database holds a utility's own data: the demo does not touch it. */
export class RealDataError extends Error {
  override readonly name = 'RealDataError';
  readonly code = 'real_data';
}

/**
 * Fills the demo's own database on its first start and brings it up to date on the first start of a later day:
 * outages lie around today, and the month before is billed. Resolves with whether anything was written.
 */
export async function seedDemoData({
  records,
  incidents,
  now,
  tariffs,
}: {
  readonly records: UtilityRecords;
  readonly incidents: IncidentRecords;
  /** UTC ms. */
  readonly now: number;
  readonly tariffs: Tariffs;
}): Promise<boolean> {
  const today = dayOf(now);
  if ((await records.mark('kind')) === 'real') {
    throw new RealDataError('This database holds imported data. Give the demo one of its own.');
  }
  if ((await records.mark('demo_day')) === today) {
    return false;
  }
  await records.setMark('kind', 'demo');
  const version = `demo-${today}`;
  const demos = demoCustomers(version);
  const accounts = demos.map((demo) => demoAccount(demo, now, tariffs));
  for (const kind of ['outages', 'bills', 'payments'] as const) {
    await records.forget(kind);
  }
  await records.put(
    'customers',
    demos.map(({ customer }) => customer),
  );
  await records.put(
    'bills',
    accounts.flatMap(({ bills }) => bills),
  );
  await records.put(
    'payments',
    accounts.flatMap(({ payments }) => payments),
  );
  await records.put('accounts', [{ ...DEMO_ORGANISATION, version }]);
  await records.put('outages', demoOutages(now, version));
  await bringIncidentToToday(incidents, now);
  // Last: a start that was interrupted before is done again.
  await records.setMark('demo_day', today);
  return true;
}

/** Ends the demo's incident of an earlier day and begins that of today. */
async function bringIncidentToToday(incidents: IncidentRecords, now: number): Promise<void> {
  const today = demoIncident(now);
  for (const incident of await incidents.openIncidents()) {
    if (incident.changedBy.id === DEMO_AUTHOR.id && incident.id !== today.id) {
      const facts = { ...factsOf(incident), state: 'restored', restoredAt: now } as const;
      await incidents.append(nextVersion(incident, facts, DEMO_AUTHOR, now));
    }
  }
  await incidents.append(today);
}
