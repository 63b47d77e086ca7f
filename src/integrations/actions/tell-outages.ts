import type { Outage } from '../../bot/records.ts';
import type { Reply } from '../../dialogs/reply.ts';
import type { ActionResult, Slots } from '../../dialogs/run-action.ts';
import { addDays } from '../../tariffs/days.ts';
import { dayOf, endOf, timeOf } from '../local-time.ts';
import { outageProvenance, outageRow } from './outage-words.ts';
import { dayWords, rangeWords } from './spoken-figures.ts';

/** The utility publishes today and this many days more. */
const PUBLISHED_DAYS_AHEAD = 4;
const MOST_SHOWN = 5;

/** UTC ms. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The days that the customer asked about. */
interface Asked {
  readonly date: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Until when the schedule is published, in UTC ms. */
export function publishedUntil(now: number): number {
  return endOf(addDays(dayOf(now), PUBLISHED_DAYS_AHEAD));
}

/**
 * Tells what is published. The whole published time is searched, whatever day was asked about, so that "nothing
 * found" is true as far as it is said; a day beyond it is said to be beyond it.
 */
export async function tellOutages(
  find: (window: Window) => Promise<readonly Outage[]>,
  { slots: { date, priority_reason: reason }, now }: { readonly slots: Slots; readonly now: number },
): Promise<ActionResult> {
  const today = dayOf(now);
  const lastDay = addDays(today, PUBLISHED_DAYS_AHEAD);
  const asked = date === undefined ? undefined : askedDays(date);
  const found = await find({
    from: asked !== undefined && asked.firstDay <= today ? timeOf(asked.firstDay) : now,
    to: endOf(asked !== undefined && asked.lastDay > lastDay ? asked.lastDay : lastDay),
  });
  const limits = asked === undefined ? [] : limitWords(asked, today, lastDay);
  if (found.length === 0) {
    const searched = {
      record: 'outage',
      id: `${today}/${lastDay}`,
      version: 'none',
      asOf: new Date(now).toISOString(),
    };
    return {
      outcome: reason === undefined ? 'none' : 'none_priority',
      slots: { window_end: dayWords(lastDay) },
      replies: limits.map(text),
      provenance: [searched],
    };
  }
  const onTheDay = asked === undefined ? found : found.filter((outage) => touches(outage, asked, now));
  const told = onTheDay.length === 0 ? found : onTheDay;
  const others = onTheDay.length === 0 && asked !== undefined ? [otherDaysWords(asked, lastDay)] : [];
  return {
    outcome: reason === undefined ? 'found' : 'found_priority',
    replies: [...[...limits, ...others].map(text), listOf(told, now)],
    provenance: told.slice(0, MOST_SHOWN).map(outageProvenance),
  };
}

function askedDays(date: string): Asked {
  const [firstDay = '', lastDay = firstDay] = date.split('/');
  return { date, firstDay, lastDay };
}

function limitWords({ date, firstDay, lastDay }: Asked, today: string, publishedTo: string): readonly string[] {
  if (lastDay > publishedTo) {
    const unsure = firstDay > publishedTo ? daysWords(date) : 'những ngày sau đó';
    return [`Lịch hiện chỉ được công bố đến hết ${dayWords(publishedTo)}, nên mình chưa thể nói chắc về ${unsure}.`];
  }
  return lastDay < today ? [`Mình chỉ có lịch từ hôm nay (${dayWords(today)}) trở đi.`] : [];
}

function otherDaysWords({ date, firstDay }: Asked, publishedTo: string): string {
  return firstDay > publishedTo
    ? 'Trong thời gian đã công bố, ở đây có:'
    : `Mình chưa thấy lịch cho ${daysWords(date)}. Ở đây hiện có:`;
}

function daysWords(date: string): string {
  return `${date.includes('/') ? 'các ngày' : 'ngày'} ${rangeWords(date, dayWords)}`;
}

/** An outage under way without a time of return counts until now: nobody knows about tomorrow. */
function touches(outage: Outage, { firstDay, lastDay }: Asked, now: number): boolean {
  const lasts = outage.state === 'ongoing' ? Math.max(outage.to ?? now, now) : (outage.to ?? endOf(dayOf(outage.from)));
  return outage.from < endOf(lastDay) && lasts > timeOf(firstDay);
}

function listOf(outages: readonly Outage[], now: number): Reply {
  const more = outages.length - MOST_SHOWN;
  return {
    kind: 'card',
    title: outages.some(({ kind }) => kind === 'planned') ? 'Lịch ngừng cung cấp điện' : 'Sự cố đang xử lý',
    rows: outages.slice(0, MOST_SHOWN).map((outage) => outageRow(outage, now)),
    ...(more > 0 && {
      text: `Còn ${more} lịch khác. Anh/chị nhắn rõ xã/phường hoặc gửi mã khách hàng để mình lọc đúng hơn nhé.`,
    }),
  };
}

function text(words: string): Reply {
  return { kind: 'text', text: words };
}
