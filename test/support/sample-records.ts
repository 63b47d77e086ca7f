import type { CrisisMessage } from '../../src/bot/crisis/crisis-message.ts';
import type { Incident } from '../../src/bot/incidents/incident.ts';
import type { Bill, Customer, Payment, PlannedOutage, Ticket } from '../../src/bot/records.ts';

let count = 0;

/** A customer code that no other test uses. */
export function freshCode(unit = 'PB0601'): string {
  count += 1;
  return `${unit}${String(count).padStart(7, '0')}`;
}

export function sampleCustomer(change: Partial<Customer> = {}): Customer {
  const code = change.code ?? freshCode();
  return {
    code,
    name: 'Nguyễn Thị Hòa',
    address: '12 Hùng Vương, phường Long An, tỉnh Tây Ninh',
    province: 'Tây Ninh',
    district: 'Tân An',
    commune: 'Long An',
    unit: code.slice(0, 6),
    tariffGroup: 'household',
    households: 1,
    connection: 'connected',
    version: 'v1',
    ...change,
  };
}

export function sampleBill(change: Partial<Bill> & Pick<Bill, 'customerCode' | 'month'>): Bill {
  const { customerCode, month, period = 1 } = change;
  return {
    id: `${customerCode}/${month}/${period}`,
    period,
    from: `${month}-01`,
    to: `${month}-28`,
    readingOld: 100,
    readingNew: 150,
    multiplier: 1,
    kwh: 50,
    lines: [{ label: 'Bậc 1', kwh: 50, price: 1984, amount: 99_200 }],
    amount: 99_200,
    vatRate: 8,
    vat: 7_936,
    total: 107_136,
    due: `${month}-28`,
    version: 'v1',
    ...change,
  };
}

export function samplePayment(change: Partial<Payment> & Pick<Payment, 'id' | 'customerCode'>): Payment {
  return { amount: 107_136, at: 1_000, method: 'Ngân hàng', version: 'v1', ...change };
}

export function sampleOutage(change: Partial<PlannedOutage> & Pick<PlannedOutage, 'id'>): PlannedOutage {
  return {
    kind: 'planned',
    state: 'scheduled',
    unit: 'PB0601',
    area: 'Khu phố 2',
    province: 'Tây Ninh',
    communes: [],
    feeders: [],
    from: 1_000,
    to: 2_000,
    version: 'v1',
    updatedAt: 0,
    ...change,
  };
}

export function sampleTicket(change: Partial<Ticket> & Pick<Ticket, 'number'>): Ticket {
  return {
    kind: 'outage',
    priority: 'normal',
    state: 'open',
    summary: 'Báo mất điện',
    details: {},
    createdAt: 1_000,
    history: [{ at: 1_000, state: 'open' }],
    ...change,
  };
}

export function sampleIncident(change: Partial<Incident> & Pick<Incident, 'id'>): Incident {
  return {
    ...{ version: 1, state: 'ongoing', startedAt: 1_000, updatedAt: 1_000 },
    area: { text: 'Khu phố 2', unit: 'PB0601', province: 'Tây Ninh', communes: [], feeders: [] },
    changedBy: { kind: 'agent', id: 'dung', name: 'Anh Dũng' },
    ...change,
  };
}

export function sampleCrisis(change: Partial<CrisisMessage> & Pick<CrisisMessage, 'id'>): CrisisMessage {
  return {
    ...{ version: 1, state: 'published', isDanger: false, updatedAt: 1_000, expiresAt: 9_000 },
    title: 'Tin đồn cắt điện',
    text: 'Dạ, tin cắt điện luân phiên trên mạng là không đúng ạ.',
    questions: { intents: ['outage_planned'], keywords: ['cắt điện luân phiên'] },
    changedBy: { id: 'dung', name: 'Anh Dũng' },
    ...change,
  };
}
