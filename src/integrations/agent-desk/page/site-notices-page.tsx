import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { AgentRole } from '../agent-store.ts';
import type { SiteContactAnswer, SiteOutageAnswer } from '../desk-api/site-notices.ts';
import { channelWords, siteChangeWords, standingWords } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { count, dateTimeWords } from './format.ts';
import { LoadingPage } from './loading-page.tsx';
import { saveFile } from './save-file.ts';
import { usePolled } from './use-polled.ts';

interface SiteNoticesProps {
  readonly role: AgentRole;
  readonly onError: (error: unknown) => void;
  readonly onReadError: (error: unknown) => void;
}

const EVERY_MS = 5_000;
const EXPORTING: readonly AgentRole[] = ['leader', 'admin'];

/** What organisations with several sites were told of planned outages, who has read it, and whom to call. */
export function SiteNoticesPage({ role, onError, onReadError }: SiteNoticesProps) {
  const { answer, refresh, hasFailed } = usePolled(callDesk.siteNotices, EVERY_MS, onReadError);
  const [calling, setCalling] = useState<SiteContactAnswer>();
  if (answer === undefined) {
    return <LoadingPage words="Đang tải khách nhiều điểm" hasFailed={hasFailed} />;
  }
  const save = (outageId: string) =>
    callDesk
      .exportSiteNotices(outageId)
      .then(({ name, content }) => saveFile(name, content, 'text/csv;charset=utf-8'), onError);
  return (
    <main className="place-page site-notices">
      <h2>Khách nhiều điểm</h2>
      <p className="quiet">
        Lịch cúp điện được báo sớm cho các đơn vị có nhiều điểm dùng điện, kèm đường dẫn xác nhận đã đọc. Đơn vị nào
        chưa ai xác nhận khi sắp đến giờ cắt, hoặc không gửi được, thì gọi điện.
      </p>
      {answer.outages.length === 0 && <p>Chưa báo lịch nào cho khách nhiều điểm.</p>}
      {answer.outages.map((outage) => (
        <OutagePart
          key={outage.id}
          outage={outage}
          onCall={setCalling}
          {...(EXPORTING.includes(role) && { onSave: () => save(outage.id) })}
        />
      ))}
      {calling !== undefined && (
        <CallDialog contact={calling} onClose={() => setCalling(undefined)} onDone={refresh} onError={onError} />
      )}
    </main>
  );
}

interface PartProps {
  readonly outage: SiteOutageAnswer;
  readonly onCall: (contact: SiteContactAnswer) => void;
  readonly onSave?: () => void;
}

function OutagePart({ outage, onCall, onSave }: PartProps) {
  const { area, startsAt, endsAt, accounts, sent, delivered, unreached, confirmed, toCall, contacts } = outage;
  const more = outage.contactsTotal - contacts.length;
  const title = `${dateTimeWords(startsAt)} – ${endsAt === undefined ? 'chưa rõ giờ có điện lại' : dateTimeWords(endsAt)}`;
  return (
    <section className="site-outage" aria-label={`Lịch ${title}: ${area}`}>
      <header className="site-outage-head">
        <h3>
          {title}
          <span className="quiet"> · {area}</span>
        </h3>
        {onSave !== undefined && (
          <Button className="button secondary small" onPress={onSave}>
            Tải CSV
          </Button>
        )}
      </header>
      <p className="incident-facts">
        {accounts} đơn vị, {count(outage.contactsTotal)} người liên hệ · đã gửi {sent} · máy khách đã nhận {delivered} ·
        không gửi được {unreached} · đã xác nhận {confirmed} · <strong>cần gọi {toCall}</strong>
      </p>
      <ul className="open-list" aria-label={`Người liên hệ: ${area}`}>
        {contacts.map((contact) => (
          <ContactRow key={contact.id} contact={contact} onCall={() => onCall(contact)} />
        ))}
      </ul>
      {more > 0 && <p className="quiet">Còn {count(more)} người liên hệ nữa; tệp CSV có đủ.</p>}
    </section>
  );
}

function ContactRow({ contact, onCall }: { readonly contact: SiteContactAnswer; readonly onCall: () => void }) {
  const { account, change, sites, ways, at, remindedAt, confirmedAt, called, isToCall, phone } = contact;
  const sending = ways.map((way) => `${channelWords(way.channel)}: ${standingWords(way)}`).join(' · ');
  return (
    <li className="open-row" data-to-call={isToCall}>
      <span className="open-words">
        <strong>{account}</strong>
        <span>{contact.contact}</span>
        <span className={`chip ${chipOf(contact)}`}>{stateWords(contact)}</span>
        <span className="incident-facts">
          {siteChangeWords(change)}: {sites.map(({ name, code }) => `${name} (${code})`).join(', ')}
        </span>
        <span className="incident-facts quiet">
          Báo lúc {dateTimeWords(at)} · {sending || 'không có đường gửi'}
          {remindedAt !== undefined && ` · nhắc lúc ${dateTimeWords(remindedAt)}`}
          {confirmedAt !== undefined && ` · xác nhận lúc ${dateTimeWords(confirmedAt)}`}
          {called !== undefined && ` · ${called.by} gọi lúc ${dateTimeWords(called.at)}`}
        </span>
      </span>
      {isToCall && (
        <span className="open-acts">
          <Button className="button primary" onPress={onCall} aria-label={`Gọi ${contact.contact}, ${account}`}>
            {phone === undefined ? 'Ghi đã gọi…' : 'Gọi…'}
          </Button>
        </span>
      )}
    </li>
  );
}

function chipOf({ isInformed, isToCall }: SiteContactAnswer): string {
  return isInformed ? 'chip-good' : isToCall ? 'chip-warn' : '';
}

function stateWords({ confirmedAt, called, isInformed, isToCall }: SiteContactAnswer): string {
  if (confirmedAt !== undefined) {
    return 'Đã xác nhận';
  }
  if (called !== undefined) {
    return 'Đã gọi';
  }
  return isInformed ? 'Người khác của đơn vị đã biết' : isToCall ? 'Cần gọi' : 'Chưa xác nhận';
}

interface CallProps {
  readonly contact: SiteContactAnswer;
  readonly onClose: () => void;
  readonly onDone: () => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}

/** Shows the number for the call, and takes down that it was made. */
function CallDialog({ contact, onClose, onDone, onError }: CallProps) {
  const [phone, setPhone] = useState<string>();
  const show = () => callDesk.sitePhone(contact.id).then((answer) => setPhone(answer.phone), onError);
  return (
    <FormDialog
      {...{
        isOpen: true,
        isComplete: true,
        title: `Gọi ${contact.contact}`,
        submitWords: 'Đã gọi và báo được',
        onClose,
      }}
      onSubmit={async () => {
        await callDesk.siteCalled(contact.id);
        await onDone();
      }}
    >
      <p>
        {contact.account}: {contact.sites.map(({ name }) => name).join(', ')}.
      </p>
      {contact.phone === undefined ? (
        <p className="quiet">Không có số điện thoại trong dữ liệu.</p>
      ) : phone === undefined ? (
        <p>
          {contact.phone}{' '}
          <Button className="button secondary small" onPress={show}>
            Xem số để gọi
          </Button>
        </p>
      ) : (
        <p>
          <a href={`tel:${phone}`}>{phone}</a>
        </p>
      )}
      <p className="quiet">
        Chỉ ghi khi đã nói chuyện được. Cả đơn vị sẽ ra khỏi danh sách cần gọi; nhật ký ghi lại ai gọi.
      </p>
    </FormDialog>
  );
}
