/** @jsxImportSource preact */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatMessage, SimulatedUser } from '../../world.ts';
import { type ActAs, actAs, type OaState } from './call-simulator.ts';
import { Composer } from './composer.tsx';
import { MessageRow } from './message-row.tsx';
import { Sheet, type SheetContent } from './sheet.tsx';
import { useTranscript } from './use-simulator.ts';
import { dayName, deliveryWords } from './words.ts';

interface Props {
  readonly user: SimulatedUser;
  readonly oa: OaState;
  readonly onBack: () => void;
}

/** The chat with the OA as its user sees it. */
export function ChatScreen({ user, oa, onBack }: Props) {
  const chat = useTranscript(user.id) ?? [];
  const [sheet, setSheet] = useState<SheetContent | undefined>(undefined);
  const doAs = useMemo(() => actAs(user.id), [user.id]);
  useReading(chat, doAs);
  const scroller = useStayingAtEnd(chat.length);

  async function tap(message: ChatMessage, buttonIndex: number): Promise<void> {
    const tapped = await doAs<{ opens?: SheetContent }>('tap', { messageId: message.id, buttonIndex });
    if (tapped.opens !== undefined) {
      setSheet(tapped.opens);
    }
  }

  const lastOwn = chat.findLastIndex(({ author }) => author === 'user');
  return (
    <>
      <header class="chat-head">
        <button type="button" class="icon-button back" aria-label="Quay lại danh sách" onClick={onBack}>
          ‹
        </button>
        <img src="/media/avatar-oa" alt="" width="38" height="38" />
        <div class="chat-title">
          <h2>{oa.name}</h2>
          <p>Tài khoản Official Account</p>
        </div>
        <button
          type="button"
          class="follow"
          aria-pressed={user.isFollower}
          onClick={() => doAs(user.isFollower ? 'unfollow' : 'follow')}
        >
          {user.isFollower ? 'Đang quan tâm' : 'Quan tâm'}
        </button>
      </header>
      <section class="messages" role="log" aria-label="Cuộc trò chuyện" ref={scroller}>
        <div class="messages-inner">
          {chat.length === 0 && <Welcome oa={oa} onStart={() => doAs('chatnow')} />}
          {chat.map((message, index) => (
            <MessageRow
              key={message.id}
              message={message}
              before={chat[index - 1]}
              day={dayName(message.at)}
              status={index === lastOwn ? deliveryWords(chat, index) : ''}
              onTap={tap}
              onShareInfo={() => setSheet({ type: 'share-info', payload: user })}
              onReact={() => doAs('react', { messageId: message.id, icon: '/-heart' })}
            />
          ))}
        </div>
      </section>
      <Composer doAs={doAs} isNew={chat.length === 0} />
      {sheet !== undefined && <Sheet content={sheet} doAs={doAs} onClose={() => setSheet(undefined)} />}
    </>
  );
}

function Welcome({ oa, onStart }: { oa: OaState; onStart: () => void }) {
  return (
    <div class="welcome">
      <img src="/media/avatar-oa" alt="" width="72" height="72" />
      <h3>{oa.name}</h3>
      <p>Nhắn tin để được hỗ trợ về điện: tiền điện, mất điện, thủ tục.</p>
      <button type="button" class="primary" onClick={onStart}>
        Bắt đầu trò chuyện
      </button>
    </div>
  );
}

/** What is on a visible screen has been seen. */
function useReading(chat: readonly ChatMessage[], doAs: ActAs): void {
  const unread = chat
    .filter((m) => m.author !== 'user' && m.receivedAt !== undefined && m.seenAt === undefined)
    .map(({ id }) => id)
    .join();
  const [isVisible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  useEffect(() => {
    if (unread !== '' && isVisible) {
      void doAs('read');
    }
  }, [unread, isVisible, doAs]);
}

/** The list grows upwards from its end, so its end is where `scrollTop` is 0. */
function useStayingAtEnd(length: number) {
  const scroller = useRef<HTMLElement>(null);
  useEffect(() => {
    if (length > 0) {
      scroller.current?.scrollTo({ top: 0 });
    }
  }, [length]);
  return scroller;
}
