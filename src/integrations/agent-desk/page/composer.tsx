import { type KeyboardEvent, useEffect, useState } from 'react';
import { Button, Label, TextArea, TextField } from 'react-aria-components';
import type { Holder } from '../../../bot/conversation.ts';
import { CLOSED_WINDOW_WORDS } from '../desk-words.ts';
import { AttachButton, AttachedFile, useAttaching } from './attach-file.tsx';
import { callDesk, DeskError, newActKey } from './call-desk.ts';
import { CannedPicker, unfilledIn } from './canned-picker.tsx';
import { type Draft, type Drafts, noteDraft } from './drafts.ts';
import { count } from './format.ts';
import { Icon } from './icons.tsx';
import { NoteComposer } from './note-composer.tsx';
import { Suggestion } from './suggestion.tsx';
import { useShortcut } from './use-shortcut.ts';

interface ComposerProps {
  readonly id: string;
  readonly drafts: Drafts;
  readonly seenSeq: number;
  readonly isMine: boolean;
  readonly holder: Holder;
  readonly holderName: string | undefined;
  /** The channel takes nothing for this customer any more. */
  readonly isWindowClosed: boolean;
  /** Whether pictures and files can be sent on this channel. */
  readonly takesFiles: boolean;
  /** Number of the last message of the conversation. */
  readonly lastSeq: number;
  readonly cannedValues: Readonly<Record<string, string>>;
  readonly mayEditCanned: boolean;
  readonly onTyping: () => void;
  readonly onSent: () => Promise<void>;
  readonly onLook: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

const LIMIT = 2_000;
const TYPING_EVERY_MS = 2_500;

/** Where an agent writes. Who does not hold the conversation sees what to do first. */
export function Composer(props: ComposerProps) {
  const { isMine, holder, holderName, id, drafts, isWindowClosed, onSent, onError } = props;
  const [isNoting, setIsNoting] = useState(() => drafts.has(noteDraft(id)));
  useShortcut('KeyO', () => setIsNoting(true));
  if (isNoting) {
    return (
      <footer className="composer">
        <NoteComposer {...{ id, drafts, onError }} onSaved={onSent} onDone={() => setIsNoting(false)} />
      </footer>
    );
  }
  if (isMine && !isWindowClosed) {
    return <WritingComposer {...props} onNote={() => setIsNoting(true)} />;
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
      <Button className="button secondary small" onPress={() => setIsNoting(true)}>
        Ghi chú nội bộ
      </Button>
    </footer>
  );
}

function WritingComposer(props: ComposerProps & { readonly onNote: () => void }) {
  const {
    id,
    drafts,
    seenSeq,
    lastSeq,
    takesFiles,
    cannedValues,
    mayEditCanned,
    onSent,
    onLook,
    onTyping,
    onError,
    onNote,
  } = props;
  const [draft, setDraft] = useState<Draft>(() => drafts.read(id));
  const [isBusy, setIsBusy] = useState(false);
  const [stale, setStale] = useState<string>();
  const { file } = draft;
  const text = draft.text.trim();
  const { length } = text.normalize('NFC');
  const isEmpty = text === '' && file === undefined;
  const unfilled = unfilledIn(text);
  const { isUploading, attach, attachPasted } = useAttaching(
    id,
    (next) => keep({ ...drafts.read(id), key: newActKey(), file: next }),
    onError,
  );
  const [typedAt, setTypedAt] = useState(0);
  const cannotSend = isBusy || isUploading || isEmpty || unfilled.length > 0 || length > LIMIT;

  // What was sent from another tab must not stand here, ready to be sent once more.
  useEffect(() => drafts.watch(id, setDraft), [drafts, id]);

  function keep(next: Draft): void {
    setDraft(next);
    drafts.write(id, next);
  }

  function write(next: string): void {
    keep({ ...draft, text: next, key: newActKey() });
    if (Date.now() - typedAt > TYPING_EVERY_MS) {
      setTypedAt(Date.now());
      onTyping();
    }
  }

  function insert(words: string): void {
    write(text === '' ? words : `${draft.text.trimEnd()}\n${words}`);
  }

  async function send(force: boolean): Promise<void> {
    if (cannotSend) {
      return;
    }
    setIsBusy(true);
    setStale(undefined);
    try {
      await callDesk.act('say', {
        ...{ conversationId: id, key: draft.key, text, seenSeq, force },
        ...(file !== undefined && { file: file.url }),
      });
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
    if (event.key === 'Enter' && !event.shiftKey && !isComposing(event.nativeEvent)) {
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
      <Suggestion {...{ id, lastSeq }} onUse={insert} />
      <div className="composer-line">
        <TextField value={draft.text} onChange={write} isReadOnly={isBusy} autoFocus>
          <Label className="hidden-words">Trả lời khách</Label>
          <TextArea
            placeholder="Trả lời khách…"
            rows={2}
            onKeyDown={sendOnEnter}
            {...(takesFiles && { onPaste: attachPasted })}
          />
        </TextField>
        <Button className="button primary send" isDisabled={cannotSend} onPress={() => send(false)}>
          <Icon name="send" size={16} /> {isBusy ? 'Đang gửi…' : 'Gửi'}
        </Button>
      </div>
      {file !== undefined && <AttachedFile file={file} onRemove={() => keep({ text: draft.text, key: newActKey() })} />}
      <div className="composer-tools">
        <AttachButton {...{ isUploading, takesFiles }} onPick={attach} />
        <CannedPicker values={cannedValues} mayEdit={mayEditCanned} onPick={insert} onError={onError} />
        <Button className="button secondary small" onPress={onNote}>
          Ghi chú nội bộ
        </Button>
        <Hint {...{ unfilled, length }} />
      </div>
    </footer>
  );
}

/** What keeps the words from being sent, or how they are. */
function Hint({ unfilled, length }: { readonly unfilled: readonly string[]; readonly length: number }) {
  const fault =
    length > LIMIT
      ? `Tin dài ${count(length)} ký tự; mỗi tin gửi được tối đa ${count(LIMIT)}. Hãy chia làm nhiều tin.`
      : unfilled.length > 0 && `Còn chỗ chưa điền: ${unfilled.join(', ')}`;
  return fault === false ? (
    <p className="composer-hint wide-only">Enter để gửi, Shift + Enter để xuống dòng.</p>
  ) : (
    <p className="composer-hint composer-fault" role="alert">
      {fault}
    </p>
  );
}

/** Vietnamese keyboards compose. Safari ends the composition before it tells of its Enter, and marks that by 229. */
function isComposing({ isComposing: isOpen, keyCode }: globalThis.KeyboardEvent): boolean {
  return isOpen || keyCode === 229;
}
