import { type ReplyWindow, windowState } from '../../../bot/reply-window.ts';
import { dateTimeWords } from './format.ts';
import { Icon } from './icons.tsx';

interface WindowProps {
  readonly replyWindow: ReplyWindow | undefined;
  readonly now: number;
}

/** One line: what may still be sent to this customer, and until when. Most channels have no such limit. */
export function WindowLine({ replyWindow, now }: WindowProps) {
  return replyWindow === undefined ? null : (
    <p className="window-line">
      <Icon name="clock" size={13} /> {words(replyWindow, now)}
    </p>
  );
}

function words(replyWindow: ReplyWindow, now: number): string {
  const until = dateTimeWords(replyWindow.openUntil);
  switch (windowState(replyWindow, now)) {
    case 'free':
      return `Nhắn miễn phí đến ${dateTimeWords(replyWindow.freeUntil)}, có phí đến ${until}`;
    case 'charged':
      return `Tin gửi đi có tính phí; nhắn được đến ${until}`;
    case 'closed':
      return `Hết hạn nhắn tin cho khách từ ${until}`;
  }
}
