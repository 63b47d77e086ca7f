import type { Bill, Customer, Outage, Ticket } from '../../src/bot/records.ts';
import type { DeskServer } from './desk-server.ts';

const CODE = 'PB06010001234';
const OTHER_CODE = 'PB06010005678';
const MINUTE = 60_000;

/** Ids of the conversations of `playScene`. */
export const SCENE = {
  emergency: 'web:main:v_chay0001',
  bill: 'web:main:v_thuy0002',
  outage: 'zalo:oa1:7013998877',
  withBot: 'telegram:bot1:5566778',
  closed: 'web:main:v_xong0003',
} as const;

/** Records of two customers, one of whom owes a bill, with a planned outage and a ticket. */
export function sceneRecords(now: number) {
  const customers: readonly Customer[] = [CODE, OTHER_CODE].map((code, index) => ({
    ...{ code, name: index === 0 ? 'Trần Thị Bích Thuỷ' : 'Lê Hoàng Nam', phone: '0912345678' },
    ...{ address: '12/3 Nguyễn Trãi, Phường Cao Lãnh, Đồng Tháp', commune: 'Phường Cao Lãnh', province: 'Đồng Tháp' },
    ...{ unit: 'PB0601', tariffGroup: 'household', households: 1, connection: 'connected', version: 'v1' },
  }));
  const bills = [CODE, OTHER_CODE].flatMap((code) => Array.from({ length: 13 }, (_, n) => sceneBill(code, n)));
  const outages: readonly Outage[] = [
    {
      ...{ id: 'o1', kind: 'planned', state: 'scheduled', unit: 'PB0601', province: 'Đồng Tháp' },
      ...{ area: 'Trạm Nguyễn Trãi 3, một phần Phường Cao Lãnh', communes: [], feeders: [], version: 'v1' },
      ...{ from: now + 26 * 60 * MINUTE, to: now + 30 * 60 * MINUTE, reason: 'Bảo trì lưới điện', updatedAt: now },
    },
  ];
  const tickets: readonly Ticket[] = [
    {
      ...{ number: 'SC261122-4K7Q2', kind: 'emergency', priority: 'urgent', state: 'open' },
      ...{ conversationId: SCENE.emergency, place: 'hẻm 25 Trần Hưng Đạo, Cao Lãnh', details: {}, history: [] },
      ...{ summary: 'Tủ điện bốc khói, khách gọi từ 0912 345 678', createdAt: now - 2 * MINUTE },
    },
  ];
  return { customers, bills, outages, tickets };
}

function sceneBill(customerCode: string, monthsAgo: number): Bill {
  const first = new Date(Date.UTC(2026, 9 - monthsAgo, 1));
  const month = first.toISOString().slice(0, 7);
  const kwh = 180 + ((monthsAgo * 67) % 190);
  const amount = kwh * 2_400;
  return {
    ...{ id: `${customerCode}/${month}/1`, customerCode, month, period: 1, from: `${month}-01`, to: `${month}-28` },
    ...{ readingOld: 1_000, readingNew: 1_000 + kwh, multiplier: 1, kwh, lines: [], amount, vatRate: 8 },
    ...{ vat: amount * 0.08, total: Math.round(amount * 1.08), due: `${month}-28`, version: 'v1' },
    ...(monthsAgo > 0 && { paidAt: `${month}-20` }),
  };
}

/** A morning at the desk: an emergency, two waiting customers, one with the bot, one done. */
export function playScene({ conversations, clock }: DeskServer): void {
  const at = (minutesAgo: number) => clock.now() - minutesAgo * MINUTE;
  const understood = (intent: string, decision: 'accept' | 'reject' = 'accept') => ({
    ...{ intent, decision, confidence: 0.93, alternatives: [], entities: [] },
    emergency: intent === 'safety_emergency',
  });

  conversations.add(SCENE.withBot, {
    messages: [
      { author: 'customer', at: at(4), content: { text: 'lich cup dien tuan nay o cao lanh' } },
      { author: 'bot', at: at(4), reply: { kind: 'text', text: 'Dạ, anh/chị cho em xin tên phường/xã ạ.' } },
    ],
    turn: { at: at(4), understanding: understood('outage_planned') },
  });
  conversations.add(SCENE.closed, {
    messages: [{ author: 'customer', at: at(55), content: { text: 'Cảm ơn em nhiều nha' } }],
    turn: { at: at(55), understanding: understood('thanks_goodbye') },
    state: { holder: 'closed', epoch: 3, customerName: 'Anh Phúc' },
  });
  conversations.add(SCENE.outage, {
    messages: [
      { author: 'customer', at: at(12), content: { text: 'mất điện từ sáng tới giờ, bao giờ có lại vậy?' } },
      { author: 'bot', at: at(12), reply: { kind: 'text', text: 'Dạ em chuyển nhân viên hỗ trợ ngay ạ.' } },
    ],
    turn: { at: at(12), understanding: understood('outage_report') },
    state: {
      ...{
        holder: 'queue',
        waitingSince: at(12),
        handoffReason: 'not_understood',
        epoch: 1,
        customerName: 'Hoàng Nam',
      },
      identities: { [OTHER_CODE]: { level: 'code_known', validUntil: 0 } },
    },
  });
  addBillTalk();
  conversations.add(SCENE.emergency, {
    messages: [
      { author: 'customer', at: at(2), content: { text: 'tu dien nha toi boc khoi, co mui khet!!!' } },
      {
        ...{ author: 'bot', at: at(2), isSafety: true, delivery: 'read' },
        reply: {
          kind: 'choices',
          text: 'Xin đứng xa tủ điện, không chạm vào vật kim loại hay vũng nước. Nếu an toàn, hãy ngắt cầu dao tổng.',
          choices: [{ label: 'Có người bị nạn', value: 'injured' }],
          links: [{ label: 'Gọi tổng đài', href: 'tel:19001006' }],
        },
      },
    ],
    turn: { at: at(2), understanding: understood('safety_emergency') },
    state: {
      holder: 'queue',
      waitingSince: at(2),
      handoffReason: 'emergency',
      priority: 'emergency',
      emergencyAt: at(2),
      epoch: 1,
    },
  });

  function addBillTalk(): void {
    const provenance = [
      { record: 'bill', id: `${CODE}/2026-10/1`, version: 'v1', contentVersion: 'c0ffee00', asOf: '2026-11-01' },
    ];
    conversations.add(SCENE.bill, {
      messages: [
        { author: 'customer', at: at(1_500), content: { text: 'coi giùm chị tiền điện tháng rồi' } },
        { author: 'bot', at: at(1_500), reply: { kind: 'text', text: 'Dạ chị cho em xin mã khách hàng ạ.' } },
        { author: 'customer', at: at(9), content: { text: CODE } },
        {
          ...{ author: 'bot', at: at(9), provenance, delivery: 'read' },
          reply: {
            ...{ kind: 'card', title: 'Hóa đơn tháng 10/2026', text: 'Anh/chị cần em giúp gì thêm không ạ?' },
            rows: [
              { label: 'Điện tiêu thụ', value: '180 kWh' },
              { label: 'Số tiền', value: '466.560 đ' },
              { label: 'Hạn thanh toán', value: '28/10/2026' },
            ],
            choices: [{ label: 'Lịch sử 12 tháng', value: 'history' }],
          },
        },
      ],
      turn: { at: at(9), understanding: understood('bill_lookup') },
    });
    conversations.add(SCENE.bill, {
      messages: [
        { author: 'customer', at: at(7), content: { text: 'sao tháng này cao dữ vậy em' } },
        { author: 'bot', at: at(7), reply: { kind: 'text', text: 'Em chưa hiểu ý chị ạ.' }, delivery: 'uncertain' },
        {
          author: 'customer',
          at: at(6),
          content: { attachments: [{ kind: 'location', latitude: 10.46, longitude: 105.63 }] },
        },
        { author: 'customer', at: at(6), content: { text: 'cho gặp nhân viên đi' } },
        { author: 'bot', at: at(6), reply: { kind: 'text', text: 'Dạ em đã báo nhân viên, chị chờ em một chút ạ.' } },
      ],
      turn: { at: at(6), understanding: understood('none', 'reject') },
      state: {
        ...{
          holder: 'queue',
          waitingSince: at(6),
          handoffReason: 'customer_asked',
          epoch: 1,
          customerName: 'Chị Thuỷ',
        },
        identities: { [CODE]: { level: 'verified', validUntil: clock.now() + 20 * MINUTE } },
      },
    });
  }
}
