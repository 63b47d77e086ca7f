import type { Bill, Payment } from '../../bot/records.ts';
import { calculateBill } from '../../tariffs/calculate-bill.ts';
import { addDays, addMonths, daysInMonth } from '../../tariffs/days.ts';
import type { Tariffs } from '../../tariffs/tariff.ts';
import { dayOf, timeOf } from '../local-time.ts';
import type { DemoCustomer } from './demo-customers.ts';
import { pick, seeded } from './seeded.ts';

/** Months of bills that each customer has. */
export const DEMO_MONTHS = 13;

const DUE_DAYS_AFTER_READING = 10;
/** Share of an ordinary month's use, January to December: hot from March to May. */
const SEASON = [0.88, 0.92, 1.1, 1.22, 1.2, 1.08, 1.02, 1, 0.98, 0.96, 0.93, 0.9];
const METHODS = ['Ngân hàng', 'Ví MoMo', 'Ví ZaloPay', 'Trích nợ tự động', 'Ứng dụng CSKH', 'Điểm thu'];

export interface DemoAccount {
  readonly bills: readonly Bill[];
  readonly payments: readonly Payment[];
}

/** Thirteen months of bills, each calculated by the tariff tables; the month of `now` is not billed yet. */
export function demoAccount(demo: DemoCustomer, now: number, tariffs: Tariffs): DemoAccount {
  const thisMonth = dayOf(now).slice(0, 7);
  const bills: Bill[] = [];
  const payments: Payment[] = [];
  let reading = Math.floor(seeded(`meter ${demo.customer.code}`) * 20_000);
  for (let age = DEMO_MONTHS; age >= 1; age--) {
    const bill = demoBill(demo, addMonths(thisMonth, -age), { reading, age, tariffs });
    // Where the tables do not cover a month there is no bill, rather than an invented one.
    if (bill === undefined) {
      continue;
    }
    reading = bill.readingNew;
    const paidAt = age > demo.unpaidBills ? paymentDay(bill) : undefined;
    if (paidAt === undefined || paidAt > dayOf(now)) {
      bills.push(bill);
    } else {
      bills.push({ ...bill, paidAt });
      payments.push(demoPayment(bill, paidAt));
    }
  }
  return { bills, payments };
}

interface BillContext {
  readonly reading: number;
  /** 1 for the newest bill. */
  readonly age: number;
  readonly tariffs: Tariffs;
}

function demoBill(demo: DemoCustomer, month: string, { reading, age, tariffs }: BillContext): Bill | undefined {
  const { customer, multiplier } = demo;
  const from = `${month}-01`;
  const to = `${month}-${daysInMonth(month)}`;
  const readingNew = reading + usedIn(demo, month, age) / multiplier;
  const calculated = calculateBill(
    {
      from,
      to,
      group: customer.tariffGroup,
      households: customer.households,
      usage: { readingOld: reading, readingNew, multiplier },
    },
    tariffs,
  );
  const [vat] = calculated.covered ? calculated.vatByRate : [];
  if (!calculated.covered || vat === undefined) {
    return undefined;
  }
  const { kwh, lines, amount, total } = calculated;
  return {
    id: `${customer.code}/${month}/1`,
    customerCode: customer.code,
    month,
    period: 1,
    from,
    to,
    readingOld: reading,
    readingNew,
    multiplier,
    kwh,
    lines,
    amount,
    vatRate: vat.rate,
    vat: calculated.vat,
    total,
    due: addDays(to, DUE_DAYS_AFTER_READING),
    version: customer.version,
  };
}

/** kWh of a month: a multiple of the multiplier, because a meter shows whole units. */
function usedIn({ customer, usualKwh, newestKwh, multiplier }: DemoCustomer, month: string, age: number): number {
  if (age === 1 && newestKwh !== undefined) {
    return newestKwh;
  }
  const season = SEASON[Number(month.slice(5)) - 1] ?? 1;
  const chance = 0.9 + seeded(`use ${customer.code} ${month}`) * 0.2;
  return Math.round((usualKwh * season * chance) / multiplier) * multiplier;
}

function paymentDay(bill: Bill): string {
  return addDays(bill.to, 2 + Math.floor(seeded(`paid ${bill.id}`) * (DUE_DAYS_AFTER_READING - 2)));
}

function demoPayment(bill: Bill, day: string): Payment {
  return {
    id: `TT-${bill.id}`,
    customerCode: bill.customerCode,
    billId: bill.id,
    amount: bill.total,
    at: timeOf(day, '09:30') + Math.floor(seeded(`hour ${bill.id}`) * 10 * 3_600_000),
    method: pick(METHODS, `method ${bill.customerCode}`),
    reference: `GD${String(Math.floor(seeded(`reference ${bill.id}`) * 1e9)).padStart(9, '0')}`,
    version: bill.version,
  };
}
