import { fewWords } from '../../bot/few-words.ts';
import type { Outage } from '../../bot/records.ts';
import type { Provenance } from '../../dialogs/provenance.ts';
import type { CardRow } from '../../dialogs/reply.ts';
import { dayOf, hourOf } from '../local-time.ts';
import { capital, momentWords, weekdayWords } from './spoken-figures.ts';

/** As much of a published area, and of a reason, as somebody reads in the middle of a talk. */
const MOST_AREA_WORDS = 24;
const MOST_REASON_WORDS = 12;

/** An outage in two sentences, for the middle of a talk. The time of return is the dispatcher's or none at all. */
export function outageSentences(outage: Outage, now: number): string {
  const reason = outage.reason === undefined ? '' : `, lý do: ${fewWords(outage.reason, MOST_REASON_WORDS)}`;
  const begins = outage.kind === 'incident' ? 'Sự cố ghi nhận lúc' : 'Thời gian: từ';
  const sentences = [
    `Khu vực: ${shortArea(outage.area)}`,
    `${begins} ${momentWords(outage.from)}${reason}`,
    capital(returnWords(outage, now)),
    ...(outage.kind === 'incident' ? [`Cập nhật lúc ${momentWords(outage.updatedAt)}`] : []),
  ];
  return sentences.map((words) => (words.endsWith('…') ? words : `${words}.`)).join(' ');
}

/** Where it is, for a sentence: utilities publish areas of a hundred words. */
export function shortArea(area: string): string {
  return fewWords(area, MOST_AREA_WORDS);
}

/** An outage as a line of a list, its area whole. */
export function outageRow(outage: Outage, now: number): CardRow {
  const reason = outage.reason === undefined ? '' : `. Lý do: ${outage.reason}`;
  const value = `${outage.area}${reason}`;
  if (outage.kind === 'incident') {
    return { label: `Sự cố từ ${momentWords(outage.from)}`, value: `${value}. ${capital(returnWords(outage, now))}` };
  }
  if (isExpected(outage, now) && dayOf(outage.from) === dayOf(outage.to)) {
    return { label: `${hourOf(outage.from)} – ${hourOf(outage.to)} ${weekdayWords(outage.from)}`, value };
  }
  return { label: `Từ ${momentWords(outage.from)}`, value: `${value}. ${capital(returnWords(outage, now))}` };
}

/** Where the figures come from. */
export function outageProvenance({ kind, id, version, updatedAt }: Outage): Provenance {
  return { record: kind === 'incident' ? 'incident' : 'outage', id, version, asOf: new Date(updatedAt).toISOString() };
}

function returnWords(outage: Outage, now: number): string {
  if (isExpected(outage, now)) {
    const source = outage.toSource === undefined ? '' : ` (theo ${outage.toSource})`;
    return `dự kiến có điện lại lúc ${momentWords(outage.to)}${source}`;
  }
  return outage.to === undefined
    ? 'chưa có thời gian dự kiến có điện lại'
    : `đã quá giờ dự kiến ban đầu (${momentWords(outage.to)}), chưa có thời gian mới`;
}

/** Whether its end is given and still ahead, or it is not under way at all. */
function isExpected(outage: Outage, now: number): outage is Outage & { readonly to: number } {
  return outage.to !== undefined && (outage.to > now || outage.state !== 'ongoing');
}
