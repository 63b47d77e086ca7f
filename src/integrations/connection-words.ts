import type { Customer } from '../bot/records.ts';

/** Whether a contract is supplied, as customers and agents read it. */
export const CONNECTION_WORDS: Record<Customer['connection'], string> = {
  connected: 'Đang có điện',
  disconnected_debt: 'Đang ngừng cấp điện do nợ',
  disconnected: 'Đang ngừng cấp điện',
  ended: 'Đã chấm dứt hợp đồng',
};
