/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { Delivery, SimulatedUser } from '../../world.ts';
import { act, look, type OaState } from './call-simulator.ts';
import { clockTime } from './words.ts';

const HOUR = 3_600_000;
const JUMPS = [
  { label: '+1 giờ', ms: HOUR },
  { label: '+49 giờ', ms: 49 * HOUR },
  { label: '+8 ngày', ms: 8 * 24 * HOUR },
];
const WEBHOOK_WORDS: Readonly<Record<OaState['webhook'], string>> = {
  none: 'Chưa có webhook',
  active: 'Webhook đang hoạt động',
  unsubscribed: 'Webhook đã bị tắt',
};
const MOST_ROWS = 12;

/** Zalo's side of the stage: the webhook, time, a human in the OA tool, and the latest events of this user. */
export function StagePanel({ user, oa }: { user: SimulatedUser; oa: OaState }) {
  const [reply, setReply] = useState('');
  const deliveries = useDeliveries(user.id);
  return (
    <aside class="stage" aria-label="Phía Zalo">
      <h2>Phía Zalo</h2>
      <p class={`webhook ${oa.webhook}`}>{WEBHOOK_WORDS[oa.webhook]}</p>
      {oa.webhook === 'unsubscribed' && (
        <button type="button" class="primary" onClick={() => act('console/enable-webhook')}>
          Bật lại webhook
        </button>
      )}
      <h3>Nhân viên trả lời trong công cụ OA</h3>
      <form
        class="staff"
        onSubmit={async (event) => {
          event.preventDefault();
          await act('oa/admin-reply', { userId: user.id, text: reply });
          setReply('');
        }}
      >
        <input
          aria-label="Nhân viên viết"
          placeholder="Ví dụ: Em là Lan, em hỗ trợ ạ"
          value={reply}
          required
          onInput={({ currentTarget }) => setReply(currentTarget.value)}
        />
        <button type="submit">Gửi</button>
      </form>
      <h3>Tua đồng hồ</h3>
      <div class="jumps">
        {JUMPS.map(({ label, ms }) => (
          <button type="button" key={label} onClick={() => act('clock/advance', { ms })}>
            {label}
          </button>
        ))}
      </div>
      <h3>Sự kiện gần đây</h3>
      <ul class="events">
        {deliveries.map(({ id, eventName, at, state, attempts }) => (
          <li key={id}>
            <span class={`dot ${state}`} aria-hidden="true" />
            <code>{eventName}</code>
            <span>{attempts.at(-1)?.result ?? '…'}</span>
            <time>{clockTime(at)}</time>
          </li>
        ))}
      </ul>
      {deliveries.length === 0 && <p class="hint">Chưa có sự kiện nào gửi tới webhook.</p>}
    </aside>
  );
}

function useDeliveries(userId: string): readonly Delivery[] {
  const [deliveries, setDeliveries] = useState<readonly Delivery[]>([]);
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === 'visible') {
        void look<Delivery[]>(`deliveries?user=${userId}&last=${MOST_ROWS}`).then(
          (rows) => setDeliveries(rows.toReversed()),
          () => undefined,
        );
      }
    };
    refresh();
    const timer = setInterval(refresh, 1500);
    return () => clearInterval(timer);
  }, [userId]);
  return deliveries;
}
