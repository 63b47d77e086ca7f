import type { ConversationAnswer } from '../desk-api/conversation.ts';
import { clockTime } from './format.ts';

/** Words among colleagues: they look like no message, because they are none. */
export function NoteBubble({ note }: { readonly note: ConversationAnswer['notes'][number] }) {
  return (
    <aside className="note" aria-label={`Ghi chú nội bộ của ${note.authorName}`}>
      <p className="note-head">
        <strong>{note.authorName}</strong> ghi chú nội bộ · khách không thấy ·{' '}
        <time dateTime={new Date(note.at).toISOString()}>{clockTime(note.at)}</time>
      </p>
      <p className="note-text">{note.text}</p>
    </aside>
  );
}
