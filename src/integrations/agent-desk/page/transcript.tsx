import { Fragment, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { ConversationAnswer, DeskMessage } from '../desk-api/conversation.ts';
import { dayWords, isSameDay } from './format.ts';
import { Icon } from './icons.tsx';
import { MessageBubble } from './message-bubble.tsx';
import { NoteBubble } from './note-bubble.tsx';

interface TranscriptProps {
  readonly messages: readonly DeskMessage[];
  readonly notes: ConversationAnswer['notes'];
  readonly hasEarlier: boolean;
  readonly now: number;
  readonly agentId: string;
  readonly openAttempts: ConversationAnswer['openAttempts'];
  /** Tries a message again; `undefined` for who does not hold the conversation. */
  readonly onRetry: ((seq: number) => Promise<void>) | undefined;
  readonly onRelabel: (message: DeskMessage) => void;
  readonly onEarlier: () => Promise<void>;
  /** The number of the last message that stood before the agent's eyes. */
  readonly onSeen: (seq: number) => void;
}

/** Closer to the end than this counts as being at the end. */
const AT_END_PX = 60;

/** The whole talk. It follows new messages while the agent reads its end, and stays where it is otherwise. */
export function Transcript(props: TranscriptProps) {
  const { messages, notes, hasEarlier, now, agentId, openAttempts, onRetry, onRelabel, onEarlier, onSeen } = props;
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const last = messages.at(-1)?.seq ?? 0;
  const lastNote = notes.at(-1)?.version ?? 0;
  const [seen, setSeen] = useState(0);
  const first = messages[0]?.seq ?? 0;
  const [isReading, setIsReading] = useState(false);
  /** How far from the end the agent reads while older messages come above. */
  const fromEnd = useRef<number>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: older messages have come when there is another first one
  useLayoutEffect(() => {
    if (fromEnd.current !== undefined && box.current !== null) {
      box.current.scrollTop = box.current.scrollHeight - fromEnd.current;
      fromEnd.current = undefined;
    }
  }, [first]);

  async function showEarlier(): Promise<void> {
    setIsReading(true);
    fromEnd.current = (box.current?.scrollHeight ?? 0) - (box.current?.scrollTop ?? 0);
    await onEarlier();
    setIsReading(false);
  }

  useLayoutEffect(() => {
    if (isAtEnd && box.current !== null && last + lastNote > 0) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [isAtEnd, last, lastNote]);
  // The box gets smaller when something opens below it: its end stays in sight.
  useEffect(() => {
    const frame = box.current;
    if (frame === null || !isAtEnd) {
      return undefined;
    }
    const observer = new ResizeObserver(() => {
      frame.scrollTop = frame.scrollHeight;
    });
    observer.observe(frame);
    return () => observer.disconnect();
  }, [isAtEnd]);
  useEffect(() => {
    const look = () => {
      if (isAtEnd && !document.hidden) {
        setSeen(last);
        onSeen(last);
      }
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [isAtEnd, last, onSeen]);

  const unseen = messages.filter(({ seq }) => seq > seen).length;
  return (
    <div className="transcript-frame">
      <div
        className="transcript"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        role="log"
        aria-label="Nội dung trò chuyện"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setIsAtEnd(scrollHeight - scrollTop - clientHeight < AT_END_PX)
        }
      >
        {hasEarlier && (
          <Button className="button secondary earlier" isDisabled={isReading} onPress={showEarlier}>
            {isReading ? 'Đang tải…' : 'Xem tin cũ hơn'}
          </Button>
        )}
        {messages.map((message, index) => (
          <Fragment key={message.seq}>
            {!isSameDay(message.at, messages[index - 1]?.at ?? 0) && (
              <p className="day">
                <span>{dayWords(message.at, now)}</span>
              </p>
            )}
            <MessageBubble
              message={message}
              isOwn={message.author === 'agent' && message.authorId === agentId}
              attempt={openAttempts.find(({ seq }) => seq === message.seq)?.number}
              isFollowUp={isFollowUp(messages[index - 1], message)}
              {...{ onRetry, onRelabel }}
            />
            {notes
              .filter(({ afterSeq }) => afterSeq === message.seq)
              .map((note) => (
                <NoteBubble key={note.version} note={note} />
              ))}
          </Fragment>
        ))}
      </div>
      {!isAtEnd && unseen > 0 && (
        <Button className="button primary unseen" onPress={() => setIsAtEnd(true)}>
          <Icon name="down" size={15} /> {unseen} tin mới
        </Button>
      )}
    </div>
  );
}

/** Messages of one author within a minute stand together under one name. */
function isFollowUp(before: DeskMessage | undefined, message: DeskMessage): boolean {
  return (
    before !== undefined &&
    before.author === message.author &&
    before.authorId === message.authorId &&
    message.at - before.at < 60_000
  );
}
