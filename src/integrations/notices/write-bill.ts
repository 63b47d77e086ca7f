import type { ConversationId } from '../../bot/message.ts';
import { type Notice, noticeKeyOf } from '../../bot/notices/notice.ts';
import type { Bill, Customer } from '../../bot/records.ts';
import { money } from '../../dialogs/figures.ts';
import { addDays, addMonths, daysInMonth } from '../../tariffs/days.ts';
import { isTellable } from '../actions/check-bill.ts';
import { dayWords, monthWords } from '../actions/spoken-figures.ts';
import { usageChart } from '../actions/usage-chart.ts';
import { dayOf, endOf } from '../local-time.ts';
import { maskOf, tailOf } from './notice-codes.ts';
import type { WritingDeps } from './writing-deps.ts';

interface Reader {
  readonly customer: Customer;
  /** In which he is told. */
  readonly conversationId: ConversationId;
  /** Others may read what stands there. */
  readonly isShared: boolean;
}

const CHART_MONTHS = 13;
/** An older bill is no news: the subscription began after it, or the records came late. */
const NEWS_DAYS = 25;
const REMIND_DAYS = 3;

/** The newest bill, once. `undefined`: it is none to tell. */
export async function writeBill(reader: Reader, deps: WritingDeps): Promise<Notice | undefined> {
  const bills = await deps.customers.bills(reader.customer.code, { limit: CHART_MONTHS });
  const bill = newsAmong(bills, dayOf(deps.clock.now()));
  return (
    bill && {
      ...told('bill', bill, reader, deps),
      ...(!reader.isShared && { more: [chartOf([...bills].reverse(), bill)] }),
    }
  );
}

/** The newest of them, if it is news on this day. */
function newsAmong(bills: readonly Bill[], today: string): Bill | undefined {
  const [bill] = bills;
  return bill !== undefined && isTellable(bill, bills) && bill.to >= addDays(today, -NEWS_DAYS) ? bill : undefined;
}

/** A bill that is not paid shortly before it is due, once; not on the day on which the bill itself is told, due date and all. */
export async function writeDebt(reader: Reader, deps: WritingDeps): Promise<Notice | undefined> {
  const bills = await deps.customers.bills(reader.customer.code, { limit: CHART_MONTHS });
  const today = dayOf(deps.clock.now());
  const bill = bills.find(
    ({ paidAt, due }) => paidAt === undefined && due >= today && due <= addDays(today, REMIND_DAYS),
  );
  return bill !== undefined &&
    isTellable(bill, bills) &&
    !(await isToldToday(bill, newsAmong(bills, today), reader, deps))
    ? { ...told('debt', bill, reader, deps), expiresAt: endOf(bill.due) }
    : undefined;
}

/** Whether the new bill is told today, or will be when its campaign comes to this reader. */
async function isToldToday(bill: Bill, news: Bill | undefined, reader: Reader, deps: WritingDeps): Promise<boolean> {
  const { event } = told('bill', bill, reader, deps);
  const key = noticeKeyOf(event, reader.conversationId);
  const plannedAt = (await deps.noticeLedger.standing([key])).get(key)?.plannedAt;
  return plannedAt === undefined ? bill === news : dayOf(plannedAt) === dayOf(deps.clock.now());
}

/** The meter is read tomorrow, as far as the last reading tells. */
export async function writeReadingDay({ customer }: Reader, deps: WritingDeps): Promise<Notice | undefined> {
  const [bill, before] = await deps.customers.bills(customer.code, { limit: 2 });
  const tomorrow = addDays(dayOf(deps.clock.now()), 1);
  if (bill === undefined || nextReading(bill.to, before?.to) !== tomorrow) {
    return undefined;
  }
  const values = { day: dayWords(tomorrow), tail: tailOf(customer.code) };
  return {
    event: `reading_day/${maskOf(customer.code)}/${tomorrow}`,
    topic: 'reading_day',
    replies: [deps.noticeTemplates.reply({ name: 'reading_day', values })],
    expiresAt: endOf(tomorrow),
  };
}

/** The same day of the next month. At the end of a month, which may be too short for it, the day goes by the reading before. */
function nextReading(last: string, before = last): string {
  const [month, next] = [last.slice(0, 7), addMonths(last.slice(0, 7), 1)];
  const dayOfMonth = (day: string) => Number(day.slice(8));
  const isMonthEnd = dayOfMonth(last) === daysInMonth(month);
  const usual = isMonthEnd ? Math.max(dayOfMonth(last), dayOfMonth(before)) : dayOfMonth(last);
  return `${next}-${String(Math.min(usual, daysInMonth(next))).padStart(2, '0')}`;
}

function told(topic: 'bill' | 'debt', bill: Bill, { customer, isShared }: Reader, deps: WritingDeps): Notice {
  const { month, period, total, due } = bill;
  const name = topic === 'bill' ? 'bill_new' : 'bill_due';
  const spoken = monthWords(month);
  const use = isShared
    ? { name: `${name}_closed`, values: { period: spoken, tail: tailOf(customer.code) } }
    : { name, values: { period: spoken, code: customer.code, amount: money(total), due: dayWords(due) } };
  return {
    event: `${topic}/${maskOf(customer.code)}/${month}-${period}`,
    topic,
    replies: [deps.noticeTemplates.reply(use)],
  };
}

function chartOf(bills: readonly Bill[], newest: Bill) {
  const good = bills.filter((bill) => isTellable(bill, bills));
  return usageChart({ bills, good, asked: [newest], compared: [], description: '' });
}
