import { writeCsv } from '../csv.ts';
import { dayOf, hourOf } from '../local-time.ts';
import { channelWords, siteChangeWords, standingWords } from './desk-words.ts';
import type { SiteRow } from './site-notice-board.ts';

const HEAD = [
  ...['Bắt đầu cắt', 'Khu vực', 'Nội dung', 'Đơn vị', 'Điểm', 'Người liên hệ', 'Điện thoại', 'Báo lúc', 'Kết quả gửi'],
  ...['Nhắc lúc', 'Xác nhận lúc', 'Đã gọi lúc', 'Người gọi', 'Cần gọi'],
];

/** One row for each contact. Phones are whole: it is the list to call by. */
export function siteNoticesCsv(rows: readonly SiteRow[]): string {
  return writeCsv([
    HEAD,
    ...rows.map(({ notice, contact, answer }) => [
      ...[timeWords(notice.startsAt), notice.area, siteChangeWords(notice.change), answer.account],
      answer.sites.map(({ name, code }) => `${name} (${code})`).join('; '),
      ...[answer.contact, contact?.phone, timeWords(notice.at)],
      answer.ways.map((way) => `${channelWords(way.channel)}: ${standingWords(way)}`).join('; '),
      ...[timeWords(answer.remindedAt), timeWords(answer.confirmedAt), timeWords(answer.called?.at)],
      ...[answer.called?.by, answer.isToCall ? 'có' : ''],
    ]),
  ]);
}

/** `2026-12-04 07:30` in Viet Nam, which sorts and which Excel reads. */
function timeWords(at: number | undefined): string | undefined {
  return at === undefined ? undefined : `${dayOf(at)} ${hourOf(at)}`;
}
