/** @jsxImportSource preact */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { SimulatedUser } from '../../world.ts';
import type { ActAs } from './call-simulator.ts';

/** What slides up over the chat: a button that opens something, or the form to share one's details. */
export interface SheetContent {
  readonly type: string;
  readonly payload: unknown;
}

interface Props {
  readonly content: SheetContent;
  readonly doAs: ActAs;
  readonly onClose: () => void;
}

/** A sheet at the bottom of the phone. */
export function Sheet({ content, doAs, onClose }: Props) {
  // Before it is seen: who is quick with Escape is heard.
  useLayoutEffect(() => {
    const closeOnEscape = ({ key }: KeyboardEvent) => key === 'Escape' && onClose();
    document.addEventListener('keydown', closeOnEscape);
    return () => document.removeEventListener('keydown', closeOnEscape);
  }, [onClose]);
  return (
    <div class="sheet-back">
      <section class="sheet" role="dialog" aria-modal="true" aria-label="Thông tin">
        {content.type === 'share-info' ? (
          <ShareInfo user={content.payload as SimulatedUser} doAs={doAs} onClose={onClose} />
        ) : (
          <Opened content={content} />
        )}
        <button type="button" class="quiet" onClick={onClose}>
          Đóng
        </button>
      </section>
    </div>
  );
}

function Opened({ content: { type, payload } }: { content: SheetContent }) {
  const fields = payload as { url?: string; phone_code?: string; content?: string };
  if (type === 'oa.open.url') {
    return (
      <>
        <h3>Mở trang web</h3>
        <a href={fields.url ?? '#'} target="_blank" rel="noreferrer">
          {fields.url}
        </a>
      </>
    );
  }
  return (
    <>
      <h3>{type === 'oa.open.sms' ? 'Soạn tin nhắn SMS' : 'Gọi điện'}</h3>
      <p class="dialled">{fields.phone_code}</p>
      {fields.content !== undefined && <p>{fields.content}</p>}
      <p class="hint">Điện thoại mô phỏng không gọi hay nhắn tin thật.</p>
    </>
  );
}

function ShareInfo({ user, doAs, onClose }: { user: SimulatedUser; doAs: ActAs; onClose: () => void }) {
  const [info, setInfo] = useState({ name: user.name, phone: user.phone ?? '', address: '', ward: '', city: '' });
  const field = (name: keyof typeof info, label: string, isRequired = false) => (
    <label>
      {label}
      <input
        value={info[name]}
        required={isRequired}
        onInput={({ currentTarget }) => setInfo({ ...info, [name]: currentTarget.value })}
      />
    </label>
  );
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        await doAs('submit-info', info);
        onClose();
      }}
    >
      <h3>Chia sẻ thông tin</h3>
      {field('name', 'Họ và tên', true)}
      {field('phone', 'Số điện thoại', true)}
      {field('address', 'Địa chỉ')}
      {field('ward', 'Phường, xã')}
      {field('city', 'Tỉnh, thành phố')}
      <button type="submit" class="primary">
        Đồng ý chia sẻ
      </button>
    </form>
  );
}
