import { escapeHtml } from '../escape-html.ts';
import { dayOf, hourOf } from '../local-time.ts';
import type { ConversationData, PersonData } from './collect-person-data.ts';

const AUTHORS: Readonly<Record<string, string>> = {
  customer: 'Khách hàng',
  bot: 'Trợ lý',
  agent: 'Nhân viên',
  system: 'Hệ thống',
};

/** The same data as in the file, for people: one page that needs nothing from anywhere else. */
export function exportPage(data: PersonData): string {
  const { customer, bills, payments, tickets, accounts, conversations, kept } = data;
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>Dữ liệu đang được lưu</title><style>${STYLE}</style></head><body>
<h1>Dữ liệu đang được lưu</h1><p>Lập lúc ${timeWords(data.madeAt)}.</p>
${
  customer === undefined
    ? ''
    : section(
        'Hồ sơ khách hàng (bản sao)',
        table(
          ['Mục', 'Nội dung'],
          Object.entries(customer).map(([key, value]) => [key, String(value)]),
        ),
      )
}
${section(
  'Hóa đơn',
  table(
    ['Tháng', 'kWh', 'Tổng (đ)', 'Trả ngày'],
    bills.map(({ month, kwh, total, paidAt = '' }) => [month, String(kwh), String(total), paidAt]),
  ),
)}
${section(
  'Thanh toán',
  table(
    ['Lúc', 'Số tiền (đ)', 'Cách trả'],
    payments.map(({ at, amount, method }) => [timeWords(new Date(at).toISOString()), String(amount), method]),
  ),
)}
${section(
  'Phiếu',
  table(
    ['Số', 'Lập lúc', 'Nội dung', 'Nơi', 'Điện thoại'],
    tickets.map(({ number, createdAt, summary, place = '', phone = '' }) => [
      ...[number, timeWords(new Date(createdAt).toISOString()), summary, place, phone],
    ]),
  ),
)}
${accounts
  .map(({ name, sites, contacts }) =>
    section(
      `Đơn vị nhiều điểm: ${name}`,
      table(
        ['Điểm', 'Người được báo', 'Thư', 'Điện thoại'],
        contacts.map((one) => [sites.map((site) => site.name).join(', '), one.name, one.email ?? '', one.phone ?? '']),
      ),
    ),
  )
  .join('\n')}
${conversations.map(conversation).join('\n')}
${section(
  'Giữ bao lâu, vì sao',
  table(
    ['Loại', 'Gồm', 'Giữ', 'Vì sao', 'Căn cứ'],
    kept.map(({ name, holds, keep, why, basis }) => [name, holds, keep, why, basis]),
  ),
)}
</body></html>`;
}

function conversation({ id, wantsNoNotices, messages, notes, files }: ConversationData): string {
  const rows = messages.map(({ at, author, text }) => [timeWords(at), AUTHORS[author] ?? author, text]);
  const noted = notes.map(({ at, text }) => [timeWords(at), 'Ghi chú nội bộ', text]);
  const wishes = wantsNoNotices ? '<p>Đã từ chối nhận tin báo.</p>' : '';
  const sent = files.length === 0 ? '' : `<p>Tệp đã gửi: ${files.length}.</p>`;
  return section(`Cuộc trò chuyện ${id}`, `${wishes}${sent}${table(['Lúc', 'Ai', 'Nội dung'], [...rows, ...noted])}`);
}

function section(title: string, content: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>${content}</section>`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) {
    return '<p>Không có.</p>';
  }
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('');
  return `<table><thead><tr>${cells('th', heads)}</tr></thead><tbody>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')}</tbody></table>`;
}

/** `28/11/2026 20:15` in Viet Nam. */
function timeWords(iso: string): string {
  const at = Date.parse(iso);
  return `${dayOf(at).split('-').reverse().join('/')} ${hourOf(at)}`;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;color:#16222e;max-width:60rem;margin:0 auto;padding:1rem}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;' +
  'border-bottom:1px solid #dbe1e8;white-space:pre-wrap;overflow-wrap:anywhere}h2{margin-top:2rem}';
