import type { CustomerContent } from '../../../bot/message.ts';
import type { DeskMessage } from '../desk-api.ts';
import { DeliveryMark } from './delivery-mark.tsx';
import { clockTime, safeHref } from './format.ts';
import { ReplyView } from './reply-view.tsx';

interface BubbleProps {
  readonly message: DeskMessage;
  readonly isOwn: boolean;
  /** Number of the attempt that is under way. */
  readonly attempt: number | undefined;
  readonly isFollowUp: boolean;
}

const AUTHOR_WORDS = { customer: 'Khách', bot: 'Bot', agent: 'Nhân viên', system: 'Hệ thống' } as const;

/** One message, whoever wrote it, with where it stands on its way. */
export function MessageBubble({ message, isOwn, attempt, isFollowUp }: BubbleProps) {
  const { author, authorName, at, content, reply, provenance = [], isSafety } = message;
  const name = isOwn ? 'Anh/chị' : (authorName ?? AUTHOR_WORDS[author]);
  return (
    <article className={`message message-${author}`} data-delivery={message.delivery} data-seq={message.seq}>
      <header className={isFollowUp ? 'hidden-words' : 'message-author'}>
        {name}
        {isSafety && <span className="chip chip-emergency">Lời an toàn</span>}
      </header>
      <div className="bubble">
        {content !== undefined && <CustomerWords content={content} />}
        {reply !== undefined && <ReplyView reply={reply} drawing={message.drawing} />}
      </div>
      <footer className="message-foot">
        <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
        {message.delivery !== undefined && (
          <DeliveryMark state={message.delivery} failure={message.failure} attempt={attempt} />
        )}
        {provenance.length > 0 && (
          <details className="provenance">
            <summary>Nguồn số liệu</summary>
            <ul>
              {provenance.map(({ record, id, version, asOf }) => (
                <li key={`${record}/${id}`}>
                  {record} {id} (bản {version}, {asOf})
                </li>
              ))}
            </ul>
          </details>
        )}
      </footer>
    </article>
  );
}

const ATTACHMENT_WORDS = {
  image: 'Ảnh',
  audio: 'Ghi âm',
  video: 'Video',
  file: 'Tệp',
  location: 'Vị trí',
  sticker: 'Nhãn dán',
  contact: 'Danh thiếp',
} as const;

function CustomerWords({ content: { text, choice, attachments = [] } }: { readonly content: CustomerContent }) {
  return (
    <>
      {text !== undefined && <p>{text}</p>}
      {text === undefined && choice !== undefined && <p className="chosen">Đã chọn: {choice}</p>}
      {attachments.map(({ kind, url, name, latitude, longitude }, index) => {
        const href = url === undefined ? undefined : safeHref(url);
        const words = name ?? (latitude === undefined ? '' : `${latitude}, ${longitude}`);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the attachments of a message never change
          <p className="attachment" key={index}>
            {kind === 'image' && href !== undefined ? (
              <a href={href} target="_blank" rel="noreferrer">
                <img src={href} alt={words || 'Ảnh khách gửi'} />
              </a>
            ) : (
              <>
                {ATTACHMENT_WORDS[kind]}{' '}
                {href === undefined ? (
                  words
                ) : (
                  <a href={href} target="_blank" rel="noreferrer">
                    {words || 'mở xem'}
                  </a>
                )}
              </>
            )}
          </p>
        );
      })}
    </>
  );
}
