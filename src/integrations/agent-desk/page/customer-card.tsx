import { CONNECTION_WORDS } from '../../connection-words.ts';
import type { CustomerPanel, RevealRequest } from '../desk-api/customer.ts';
import { billWords, OUTAGE_STATE_WORDS } from '../desk-words.ts';
import { clockTime, dateTimeWords, dateWords, isSameDay, money, quantity } from './format.ts';
import { Revealed } from './revealed.tsx';

interface CardProps {
  readonly panel: CustomerPanel;
  readonly now: number;
  readonly conversationId: string;
  readonly mayReveal: boolean;
}

/** One customer code with its records. What must not be told to an unverified customer says so. */
export function CustomerCard({ panel, now, conversationId, mayReveal }: CardProps) {
  const { customerCode, customer, level, bills, outages } = panel;
  const reveal = (field: RevealRequest['field'], label: string, masked: string) =>
    mayReveal ? <Revealed {...{ masked, label }} asks={{ conversationId, customerCode, field }} /> : masked;
  return (
    <section className="side-section" aria-label={`Khách hàng ${customerCode}`}>
      <h3>
        Khách hàng <code>{customerCode}</code>
      </h3>
      {customer === undefined ? (
        <p className="quiet">Không có mã này trong hồ sơ.</p>
      ) : (
        <>
          <dl className="facts-table">
            <dt>Chủ hợp đồng</dt>
            <dd>{level === 'verified' ? customer.name : reveal('name', 'chủ hợp đồng', customer.name)}</dd>
            <dt>Điện thoại</dt>
            <dd>{customer.phone === undefined ? 'Chưa đăng ký' : reveal('phone', 'điện thoại', customer.phone)}</dd>
            {customer.email !== undefined && (
              <>
                <dt>Thư điện tử</dt>
                <dd>{reveal('email', 'thư điện tử', customer.email)}</dd>
              </>
            )}
            <dt>Địa chỉ</dt>
            <dd>{level === 'verified' ? customer.address : reveal('address', 'địa chỉ', customer.address)}</dd>
            <dt>Tình trạng</dt>
            <dd className={customer.connection === 'connected' ? '' : 'warn-words'}>
              {CONNECTION_WORDS[customer.connection]}
            </dd>
          </dl>
          {level !== 'verified' && (
            <p className="warning">Khách chưa xác minh: không đọc số tiền hay thông tin hợp đồng cho khách.</p>
          )}
          <Outages outages={outages} />
          <Bills bills={bills} now={now} />
        </>
      )}
    </section>
  );
}

function Bills({ bills, now }: { readonly bills: CustomerPanel['bills']; readonly now: number }) {
  if (bills.length === 0) {
    return <p className="quiet">Chưa có hóa đơn.</p>;
  }
  const most = Math.max(...bills.map(({ kwh }) => kwh), 1);
  return (
    <table className="bills">
      <caption>Hóa đơn</caption>
      <thead>
        <tr>
          <th scope="col">Kỳ</th>
          <th scope="col">Điện</th>
          <th scope="col">Số tiền</th>
          <th scope="col">Thanh toán</th>
        </tr>
      </thead>
      <tbody>
        {bills.map((bill) => (
          <tr key={bill.id}>
            <th scope="row">{billWords(bill).replace('Tháng ', 'T')}</th>
            <td>
              {quantity(bill.kwh, 'kWh')}
              <meter className="bill-meter" min={0} max={most} value={bill.kwh} aria-hidden="true" />
            </td>
            <td>{money(bill.total)}</td>
            <td>{paidWords(bill, now)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function paidWords({ paidAt, due }: CustomerPanel['bills'][number], now: number) {
  if (paidAt !== undefined) {
    return <span className="chip chip-good">Đã trả</span>;
  }
  const isLate = Date.parse(`${due}T23:59:59+07:00`) < now;
  return (
    <span className={`chip ${isLate ? 'chip-emergency' : 'chip-warn'}`}>
      {isLate ? 'Quá hạn' : `Hạn ${dateWords(due).slice(0, 5)}`}
    </span>
  );
}

function Outages({ outages }: { readonly outages: CustomerPanel['outages'] }) {
  if (outages.length === 0) {
    return <p className="quiet">Không có lịch cắt điện trong 7 ngày tới.</p>;
  }
  return (
    <ul className="outages">
      {outages.map(({ id, kind, state, area, from, to, reason }) => (
        <li key={id}>
          <p>
            <span className={`chip ${kind === 'incident' || state === 'ongoing' ? 'chip-emergency' : 'chip-warn'}`}>
              {kind === 'incident' && state === 'ongoing' ? 'Sự cố' : OUTAGE_STATE_WORDS[state]}
            </span>{' '}
            {outageTime(from, to)}
          </p>
          <p>{area}</p>
          {reason !== undefined && <p className="quiet">{reason}</p>}
        </li>
      ))}
    </ul>
  );
}

function outageTime(from: number, to: number | undefined): string {
  if (to === undefined) {
    return `từ ${dateTimeWords(from)}, chưa rõ giờ có điện lại`;
  }
  return isSameDay(from, to)
    ? `${clockTime(from)}–${dateTimeWords(to)}`
    : `${dateTimeWords(from)} – ${dateTimeWords(to)}`;
}
