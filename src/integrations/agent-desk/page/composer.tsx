import { type KeyboardEvent, useState } from 'react';
import { Button, Label, TextArea, TextField } from 'react-aria-components';
import type { Holder } from '../../../bot/conversation.ts';
import { CLOSED_WINDOW_WORDS } from '../desk-words.ts';
import { callDesk, DeskError, newActKey } from './call-desk.ts';
import type { Draft, Drafts } from './drafts.ts';
import { Icon } from './icons.tsx';

interface ComposerProps {
  readonly id: string;
  readonly drafts: Drafts;
  readonly seenSeq: number;
  readonly isMine: boolean;
  readonly holder: Holder;
  readonly holderName: string | undefined;
  /** The channel takes nothing for this customer any more. */
  readonly isWindowClosed: boolean;
  readonly onSent: () => Promise<void>;
  readonly onLook: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

const LIMIT = 2_000;

/** Where an agent writes. Who does not hold the conversation sees what to do first. */
export function Composer(props: ComposerProps) {
  const { isMine, holder, holderName, id, drafts, isWindowClosed } = props;
  if (isMine && !isWindowClosed) {
    return <WritingComposer {...props} />;
  }
  const draft = drafts.read(id).text;
  const holderWords = {
    queue: 'Khách đang chờ. Hãy nhận cuộc để trả lời.',
    bot: 'Bot đang trả lời khách. Tiếp quản nếu cần.',
    closed: 'Cuộc này đã đóng.',
    agent: `${holderName ?? 'Nhân viên khác'} đang giữ cuộc này.`,
  }[holder];
  const words = isMine ? CLOSED_WINDOW_WORDS : holderWords;
  return (
    <footer className="composer composer-closed">
      <p>
        {words}
        {draft !== '' && <span className="quiet"> Tin đang viết dở của anh/chị vẫn được giữ.</span>}
      </p>
    </footer>
  );
}

function WritingComposer({ id, drafts, seenSeq, onSent, onLook, onError }: ComposerProps) {
  const [draft, setDraft] = useState<Draft>(() => drafts.read(id));
  const [isBusy, setIsBusy] = useState(false);
  const [stale, setStale] = useState<string>();
  const text = draft.text.trim();

  function keep(next: Draft): void {
    setDraft(next);
    drafts.write(id, next);
  }

  async function send(force: boolean): Promise<void> {
    if (text === '' || isBusy) {
      return;
    }
    setIsBusy(true);
    setStale(undefined);
    try {
      await callDesk.act('say', { conversationId: id, key: draft.key, text, seenSeq, force });
      keep({ text: '', key: newActKey() });
    } catch (error) {
      if (error instanceof DeskError && error.code === 'stale_screen') {
        setStale(error.message);
      } else {
        onError(error);
      }
    } finally {
      setIsBusy(false);
      await onSent();
    }
  }

  function sendOnEnter(event: KeyboardEvent): void {
    // Vietnamese keyboards compose: Enter that ends a composition sends nothing.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send(false);
    }
  }

  return (
    <footer className="composer">
      {stale !== undefined && (
        <div className="stale" role="alert">
          <p>{stale}</p>
          <Button
            className="button primary"
            onPress={() => {
              setStale(undefined);
              void onLook();
            }}
          >
            Xem tin mới
          </Button>
          <Button className="button secondary" onPress={() => send(true)}>
            Vẫn gửi
          </Button>
        </div>
      )}
      <div className="composer-line">
        <TextField
          value={draft.text}
          onChange={(next) => keep({ text: next, key: newActKey() })}
          maxLength={LIMIT}
          isReadOnly={isBusy}
          autoFocus
        >
          <Label className="hidden-words">Trả lời khách</Label>
          <TextArea placeholder="Trả lời khách…" rows={2} onKeyDown={sendOnEnter} />
        </TextField>
        <Button className="button primary send" isDisabled={isBusy || text === ''} onPress={() => send(false)}>
          <Icon name="send" size={16} /> {isBusy ? 'Đang gửi…' : 'Gửi'}
        </Button>
      </div>
      <p className="composer-hint wide-only">
        Enter để gửi, Shift + Enter để xuống dòng. Tin viết dở được giữ khi tải lại trang.
      </p>
    </footer>
  );
}
