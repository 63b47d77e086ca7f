import { Button } from 'react-aria-components';
import type { CustomerContent } from '../../../bot/message.ts';
import type { DeskFile, DeskMessage } from '../desk-api/conversation.ts';
import { recordWords } from '../desk-words.ts';
import { AttachmentView } from './attachment-view.tsx';
import { DeliveryMark } from './delivery-mark.tsx';
import { clockTime } from './format.ts';
import { ReplyView } from './reply-view.tsx';

interface BubbleProps {
  readonly message: DeskMessage;
  readonly isOwn: boolean;
  /** Number of the attempt that is under way. */
  readonly attempt: number | undefined;
  readonly isFollowUp: boolean;
  readonly onRetry: ((seq: number) => Promise<void>) | undefined;
  /** The bot took it for something else. */
  readonly onRelabel: (message: DeskMessage) => void;
}

const AUTHOR_WORDS = { customer: 'Khách', bot: 'Bot', agent: 'Nhân viên', system: 'Hệ thống' } as const;

/** As much of a message as names it to a screen reader. */
const LABEL_LENGTH = 60;

/** One message, whoever wrote it, with where it stands on its way. */
export function MessageBubble({ message, isOwn, attempt, isFollowUp, onRetry, onRelabel }: BubbleProps) {
  const { author, authorName, at, content, reply, files = [], provenance = [], isSafety } = message;
  const name = isOwn ? 'Anh/chị' : (authorName ?? AUTHOR_WORDS[author]);
  return (
    <article className={`message message-${author}`} data-delivery={message.delivery} data-seq={message.seq}>
      <header className={isFollowUp ? 'hidden-words' : 'message-author'}>
        {name}
        {isSafety && <span className="chip chip-emergency">Lời an toàn</span>}
      </header>
      <div className="bubble">
        {content !== undefined && <CustomerWords content={content} files={files} />}
        {reply !== undefined && <ReplyView reply={reply} drawing={message.drawing} />}
      </div>
      <footer className="message-foot">
        <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
        {message.delivery !== undefined && (
          <DeliveryMark state={message.delivery} failure={message.failure} attempt={attempt} />
        )}
        {author === 'agent' && onRetry !== undefined && isOver(message.delivery) && (
          <Button className="button secondary small" onPress={() => onRetry(message.seq)}>
            {message.delivery === 'uncertain' ? 'Gửi lại (khách có thể nhận hai lần)' : 'Gửi lại'}
          </Button>
        )}
        {author === 'customer' && content?.text !== undefined && (
          <Button
            className="message-act"
            aria-label={`Bot hiểu nhầm: ${content.text.slice(0, LABEL_LENGTH)}`}
            onPress={() => onRelabel(message)}
          >
            Bot hiểu nhầm?
          </Button>
        )}
        {provenance.length > 0 && (
          <details className="provenance">
            <summary>Nguồn số liệu</summary>
            <ul>
              {provenance.map(({ record, id, version, asOf, contentVersion }) => (
                <li key={`${record}/${id}`}>
                  {recordWords(record)} {id}, bản {version}, số liệu đến {asOf}; lời thoại bản {contentVersion}
                </li>
              ))}
            </ul>
          </details>
        )}
      </footer>
    </article>
  );
}

/** It did not go out, or nobody knows. */
function isOver(delivery: DeskMessage['delivery']): boolean {
  return delivery === 'failed' || delivery === 'uncertain';
}

function CustomerWords({ content, files }: { readonly content: CustomerContent; readonly files: readonly DeskFile[] }) {
  const { text, choice, attachments = [] } = content;
  return (
    <>
      {text !== undefined && <p>{text}</p>}
      {text === undefined && choice !== undefined && <p className="chosen">Đã chọn: {choice}</p>}
      {attachments.map((attachment, index) => (
        <AttachmentView
          // biome-ignore lint/suspicious/noArrayIndexKey: the attachments of a message never change
          key={index}
          attachment={attachment}
          file={files.find(({ number }) => number === index + 1)}
        />
      ))}
    </>
  );
}
