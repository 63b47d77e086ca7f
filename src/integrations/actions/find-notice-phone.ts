import type { Action } from './action.ts';
import { noticePhone, phoneWords } from './notice-phone.ts';

/** Whether there is a number that notices about what is being done here can go to. */
export const findNoticePhone: Action = async (slots, context, { customers }) => {
  const phone = await noticePhone(slots, context, customers);
  return phone === undefined ? { outcome: 'none' } : { outcome: 'found', slots: { notice_phone: phoneWords(phone) } };
};
