import type { ChatMessage } from '../../world.ts';
import type { IconName } from './icon.tsx';

const TIME = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' });
const DAY = new Intl.DateTimeFormat('vi-VN', {
  weekday: 'long',
  day: '2-digit',
  month: '2-digit',
  timeZone: 'Asia/Ho_Chi_Minh',
});

/** Hours and minutes in Viet Nam. */
export const clockTime = (at: number): string => TIME.format(at);

/** The day as a heading of the chat. */
export const dayName = (at: number): string => DAY.format(at);

const KINDS: Readonly<Partial<Record<ChatMessage['kind'], string>>> = {
  image: '[Hình ảnh]',
  gif: '[Ảnh động]',
  sticker: '[Nhãn dán]',
  audio: '[Tin thoại]',
  video: '[Video]',
  file: '[Tệp]',
  location: '[Vị trí]',
  business_card: '[Danh thiếp]',
  request_user_info: '[Chia sẻ thông tin]',
};

/** One line that stands for a message in the list of chats. */
export function previewOf({ kind, text, author }: ChatMessage): string {
  const words = text === undefined || text === '' ? (KINDS[kind] ?? '') : text;
  return author === 'user' ? `Bạn: ${words}` : words;
}

const REACTIONS: Readonly<Record<string, IconName>> = { '/-strong': 'thumb', '/-heart': 'heart' };

/** Zalo's reaction codes as drawings. */
export const reactionIcon = (code: string): IconName => REACTIONS[code] ?? 'smile';

/** What the phone tells about the delivery of the user's last message. */
export function deliveryWords(chat: readonly ChatMessage[], index: number): string {
  const message = chat[index];
  if (message === undefined) {
    return '';
  }
  const isAnswered = chat.slice(index + 1).some(({ author }) => author !== 'user');
  if (isAnswered || message.reactions.some(({ by }) => by === 'oa')) {
    return 'Đã xem';
  }
  return message.receivedAt === undefined ? 'Đã gửi' : 'Đã nhận';
}
