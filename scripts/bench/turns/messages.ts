/** What customers write in the benchmark: two intents, each answered with one message by every contestant. */
export const UTTERANCES = ['cho mình hỏi tiền điện tháng này', 'mai chỗ mình có cúp điện không'] as const;

/** A contact of the record day: ten messages about several matters, each answered with one. */
export const CONTACT = [
  'chào em',
  'cho mình hỏi tiền điện tháng này',
  'mai chỗ mình có cúp điện không',
  'giá điện sinh hoạt bao nhiêu một số',
  'đóng tiền điện bằng momo được không',
  'tính giúp mình 250 số hết bao nhiêu',
  'làm sao để tiết kiệm điện',
  'thủ tục gắn điện kế mới cần gì',
  'thang 10 o nha e xai nhiu so z',
  'cảm ơn em nhé',
] as const;

/** The same answers for the contestants that only match words. */
export const ANSWERS = [
  { intent: /tiền điện/, text: 'Anh/chị cho em xin mã khách hàng để em xem hóa đơn ạ.' },
  { intent: /cúp điện|mất điện/, text: 'Anh/chị cho em xin mã khách hàng hoặc xã, phường để em xem lịch ạ.' },
] as const;

/** An update as Telegram posts it. */
export interface Update {
  readonly update_id: number;
  readonly message: {
    readonly message_id: number;
    readonly date: number;
    readonly text: string;
    readonly from: { readonly id: number; readonly is_bot: false; readonly first_name: string };
    readonly chat: { readonly id: number; readonly type: 'private'; readonly first_name: string };
  };
}

export function telegramUpdate(number: number, customer: number, text: string): Update {
  const first_name = 'Thuỷ';
  return {
    update_id: number,
    message: {
      message_id: number,
      date: Math.floor(Date.now() / 1_000),
      text,
      from: { id: customer, is_bot: false, first_name },
      chat: { id: customer, type: 'private', first_name },
    },
  };
}

/** An activity as Azure Bot Service posts it. */
export function botActivity(number: number, customer: number, text: string, serviceUrl: string) {
  return {
    type: 'message',
    id: String(number),
    timestamp: new Date().toISOString(),
    serviceUrl,
    channelId: 'bench',
    from: { id: String(customer), name: 'Thuỷ' },
    recipient: { id: 'bot', name: 'Lắng Nghe' },
    conversation: { id: String(customer) },
    text,
  };
}
