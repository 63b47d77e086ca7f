import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import type { ErasureAnswer, HoldAnswer } from '../desk-api/privacy.ts';
import { ERASURE_STATE_WORDS, REQUEST_WAY_WORDS } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { dateTimeWords } from './format.ts';
import { LiftDialog, PlaceHoldDialog } from './hold-dialogs.tsx';
import { LoadingPage } from './loading-page.tsx';
import { PersonRequestDialog, type Receipt, ReceiptDialog } from './person-request-dialog.tsx';
import { usePolled } from './use-polled.ts';

type Opened = { readonly kind: 'hold' | 'erase' | 'export' } | { readonly kind: 'lift'; readonly hold: HoldAnswer };

const EVERY_MS = 5_000;

/** What the data officer looks after: legal holds, and requests of people that came past the chat. */
export function PrivacyPage({ onReadError }: { readonly onReadError: (error: unknown) => void }) {
  const { answer, refresh, hasFailed } = usePolled(callDesk.privacy, EVERY_MS, onReadError);
  const [opened, setOpened] = useState<Opened>();
  const [receipt, setReceipt] = useState<Receipt>();
  if (answer === undefined) {
    return <LoadingPage words="Đang tải dữ liệu cá nhân" hasFailed={hasFailed} />;
  }
  const done = { onClose: () => setOpened(undefined), onDone: refresh };
  return (
    <main className="place-page">
      <h2>Dữ liệu cá nhân</h2>
      <Part
        title="Lệnh giữ dữ liệu"
        about="Dữ liệu đang bị giữ không bị xóa theo hạn lưu, cũng không bị xóa theo yêu cầu của khách, cho đến khi lệnh hết hạn hoặc được gỡ."
        acts={
          <Button className="button primary" onPress={() => setOpened({ kind: 'hold' })}>
            Đặt lệnh giữ…
          </Button>
        }
      >
        {answer.holds.length === 0 && <p className="quiet">Không có lệnh giữ nào đang có hiệu lực.</p>}
        <ul className="open-list" aria-label="Lệnh giữ đang có hiệu lực">
          {answer.holds.map((hold) => (
            <HoldRow key={hold.id} hold={hold} onLift={() => setOpened({ kind: 'lift', hold })} />
          ))}
        </ul>
      </Part>
      <Part
        title="Yêu cầu của khách"
        about="Yêu cầu đến bằng đơn, e-mail, điện thoại hoặc tại quầy. Yêu cầu nhắn trong trò chuyện thì bot tự nhận và cũng hiện ở đây."
        acts={
          <>
            <Button className="button secondary" onPress={() => setOpened({ kind: 'export' })}>
              Xuất dữ liệu…
            </Button>
            <Button className="button secondary" onPress={() => setOpened({ kind: 'erase' })}>
              Xóa dữ liệu…
            </Button>
          </>
        }
      >
        {answer.erasures.length === 0 && <p className="quiet">Chưa có yêu cầu xóa nào.</p>}
        <ul className="open-list" aria-label="Yêu cầu xóa">
          {answer.erasures.map((erasure) => (
            <ErasureRow key={erasure.number} erasure={erasure} />
          ))}
        </ul>
      </Part>
      {opened?.kind === 'hold' && <PlaceHoldDialog {...done} />}
      {opened?.kind === 'lift' && <LiftDialog {...done} hold={opened.hold} />}
      {(opened?.kind === 'erase' || opened?.kind === 'export') && (
        <PersonRequestDialog {...done} wish={opened.kind} onReceipt={setReceipt} />
      )}
      {receipt !== undefined && <ReceiptDialog receipt={receipt} onClose={() => setReceipt(undefined)} />}
    </main>
  );
}

interface PartProps {
  readonly title: string;
  readonly about: string;
  readonly acts: ReactNode;
  readonly children: ReactNode;
}

function Part({ title, about, acts, children }: PartProps) {
  return (
    <section className="board-part" aria-label={title}>
      <header className="board-head">
        <h3 className="board-title">{title}</h3>
        <span className="open-acts">{acts}</span>
      </header>
      <p className="quiet">{about}</p>
      {children}
    </section>
  );
}

function HoldRow({ hold, onLift }: { readonly hold: HoldAnswer; readonly onLift: () => void }) {
  return (
    <li className="open-row">
      <span className="open-words">
        <strong>
          {hold.kind === 'customer' ? 'Mã khách hàng' : 'Cuộc trò chuyện'} {hold.subject}
        </strong>
        <span className="quiet">giữ đến {dateTimeWords(hold.until - 1)}</span>
        <span className="incident-facts">
          {[hold.reference, hold.reason].filter(Boolean).join(' · ')} · {hold.byName} đặt lúc {dateTimeWords(hold.at)}
        </span>
      </span>
      <span className="open-acts">
        <Button className="button secondary" onPress={onLift} aria-label={`Gỡ lệnh giữ ${hold.subject}`}>
          Gỡ…
        </Button>
      </span>
    </li>
  );
}

const ASKED_BY = { customer: 'khách nhắn trong trò chuyện', channel: 'khách rút đồng ý ở kênh' } as const;

function ErasureRow({ erasure }: { readonly erasure: ErasureAnswer }) {
  const { number, state, askedAt, doneAt, by, request, customerCode, erased } = erasure;
  const way = request && `${REQUEST_WAY_WORDS[request.way]} ${request.reference} · xác minh: ${request.proof}`;
  return (
    <li className="open-row">
      <span className="open-words">
        <strong>{number}</strong>
        <span className="chip" data-state={state}>
          {ERASURE_STATE_WORDS[state]}
        </span>
        {customerCode !== undefined && <span className="quiet">{customerCode}</span>}
        <span className="incident-facts">
          {by === 'agent' ? (way ?? 'nhân viên lập') : ASKED_BY[by]} · nhận lúc {dateTimeWords(askedAt)}
        </span>
        {doneAt !== undefined && (
          <span className="incident-facts">
            Xong lúc {dateTimeWords(doneAt)}: {erased.conversations} cuộc trò chuyện, {erased.turns} lượt,{' '}
            {erased.files} tệp, {erased.tickets} phiếu, {erased.records} bản ghi hồ sơ. Hợp đồng, hóa đơn, thanh toán
            gốc vẫn do công ty điện lực giữ theo luật.
          </span>
        )}
      </span>
    </li>
  );
}
