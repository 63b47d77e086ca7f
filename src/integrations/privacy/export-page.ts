import { parseConversationId } from '../../bot/conversation.ts';
import type { Customer } from '../../bot/records.ts';
import { CONNECTION_WORDS } from '../connection-words.ts';
import { escapeHtml } from '../escape-html.ts';
import { dayOf, hourOf } from '../local-time.ts';
import type { ConversationData, PersonData } from './collect-person-data.ts';

const AUTHORS: Readonly<Record<string, string>> = {
  customer: 'Khách hàng',
  bot: 'Trợ lý',
  agent: 'Nhân viên',
  system: 'Hệ thống',
};

const CHANNELS: Readonly<Record<string, string>> = {
  web: 'trên trang web',
  zalo: 'trên Zalo',
  telegram: 'trên Telegram',
  sms: 'bằng SMS',
  email: 'bằng thư điện tử',
  botframework: 'trên Teams',
};

/** Every field of the record: whoever adds one says here what it is. */
const CUSTOMER_WORDS: Readonly<Record<keyof Customer, string>> = {
  code: 'Mã khách hàng',
  name: 'Chủ hợp đồng',
  phone: 'Điện thoại',
  email: 'Thư điện tử',
  address: 'Địa chỉ',
  province: 'Tỉnh, thành phố',
  district: 'Huyện, quận',
  commune: 'Xã, phường',
  unit: 'Đơn vị điện lực',
  feeder: 'Xuất tuyến',
  transformer: 'Trạm biến áp',
  tariffGroup: 'Nhóm giá điện',
  households: 'Số hộ dùng chung',
  vulnerable: 'Cần điện vì sức khỏe',
  connection: 'Tình trạng',
  version: 'Bản nhập dữ liệu',
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
          (Object.keys(CUSTOMER_WORDS) as (keyof Customer)[]).flatMap((field) =>
            customer[field] === undefined ? [] : [[CUSTOMER_WORDS[field], wordsOf(customer, field)]],
          ),
        ),
      )
}
${section(
  'Hóa đơn',
  table(
    ['Tháng', 'kWh', 'Tổng (đ)', 'Trả ngày'],
    bills.map(({ month, kwh, total, paidAt = '' }) => [month, count(kwh), count(total), paidAt]),
  ),
)}
${section(
  'Thanh toán',
  table(
    ['Lúc', 'Số tiền (đ)', 'Cách trả'],
    payments.map(({ at, amount, method }) => [timeWords(new Date(at).toISOString()), count(amount), method]),
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
  const { channel } = parseConversationId(id);
  const words = `${wishes}${sent}${table(['Lúc', 'Ai', 'Nội dung'], [...rows, ...noted])}`;
  return section(`Cuộc trò chuyện ${CHANNELS[channel] ?? channel}`, `<p class="id">${escapeHtml(id)}</p>${words}`);
}

function wordsOf({ connection, vulnerable, tariffGroup, ...customer }: Customer, field: keyof Customer): string {
  switch (field) {
    case 'connection':
      return CONNECTION_WORDS[connection];
    case 'vulnerable':
      return vulnerable === true ? 'Có' : 'Không';
    case 'tariffGroup':
      return tariffGroup === 'household' ? 'Sinh hoạt' : tariffGroup;
    default:
      return String(customer[field]);
  }
}

function count(value: number): string {
  return value.toLocaleString('vi-VN');
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
  'border-bottom:1px solid #dbe1e8;white-space:pre-wrap;overflow-wrap:break-word}h2{margin-top:2rem}' +
  'section{overflow-x:auto}.id{color:#53616e;font-size:.85rem;overflow-wrap:anywhere}';
