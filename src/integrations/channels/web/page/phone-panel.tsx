/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DemoSms } from '../demo-panel.ts';

const POLL_MS = 1500;
const BANNER_MS = 30_000;
/** Above and below the banner on a phone, in pixels: see page.css. */
const MARGIN = 10;
const TIME = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' });

/** The customer's phone of the demo: the SMS that would have been sent, newest first. */
export function PhonePanel() {
  const { messages, seenAtFirst } = useSms();
  const newest = messages[0];
  return (
    <div class="phone">
      <p class="phone-title">Điện thoại</p>
      <div class="screen" role="log" aria-live="polite" aria-label="Tin nhắn SMS của bản dùng thử">
        {newest === undefined && <p class="empty">Chưa có tin nhắn. Mã xác thực sẽ hiện ở đây.</p>}
        {messages.map((sms) => (
          <Sms key={sms.number} sms={sms} />
        ))}
      </div>
      {newest !== undefined && newest.number > seenAtFirst && <Banner key={newest.number} sms={newest} />}
    </div>
  );
}

function Sms({ sms }: { sms: DemoSms }) {
  return (
    <article class="sms">
      <p class="sms-head">
        <span>Gửi tới {sms.to}</span> <time>{TIME.format(sms.at)}</time>
      </p>
      <p>{sms.text}</p>
    </article>
  );
}

/**
 * The open chat may cover the panel: a new SMS is shown on top for a while, as on a phone. Where the chat has the whole
 * screen it begins below the SMS, which covers nothing of it.
 */
function Banner({ sms }: { sms: DemoSms }) {
  const [isShown, setShown] = useState(Date.now() - sms.at < BANNER_MS);
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), BANNER_MS);
    return () => clearTimeout(timer);
  }, []);
  const banner = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const { current } = banner;
    if (!isShown || current === null) {
      return undefined;
    }
    const sizes = new ResizeObserver(() => {
      style.setProperty('--chat-top', `${current.offsetHeight + 2 * MARGIN}px`);
    });
    sizes.observe(current);
    return () => {
      sizes.disconnect();
      style.removeProperty('--chat-top');
    };
  }, [isShown]);
  return isShown ? (
    <button ref={banner} type="button" class="banner" aria-label="Đóng tin nhắn SMS" onClick={() => setShown(false)}>
      <Sms sms={sms} />
      <span class="banner-close">Đóng</span>
    </button>
  ) : null;
}

/** The SMS, newest first, and the number of the last that was there when the page was opened: it has arrived before. */
function useSms(): { readonly messages: readonly DemoSms[]; readonly seenAtFirst: number } {
  const [messages, setMessages] = useState<readonly DemoSms[]>([]);
  const [seenAtFirst, setSeenAtFirst] = useState(0);
  useEffect(() => {
    let after = 0;
    let isFirst = true;
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    async function poll(): Promise<void> {
      const news = document.visibilityState === 'visible' ? await fetchSms(after) : [];
      if (isOver) {
        return;
      }
      if (news.length > 0) {
        after = news.at(-1)?.number ?? after;
        if (isFirst) {
          setSeenAtFirst(after);
        }
        setMessages((old) => [...news.toReversed(), ...old]);
      }
      isFirst = false;
      timer = setTimeout(poll, POLL_MS);
    }
    void poll();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return { messages, seenAtFirst };
}

async function fetchSms(after: number): Promise<readonly DemoSms[]> {
  try {
    const answer = await fetch(`/demo/sms?after=${after}`);
    return answer.ok ? ((await answer.json()) as { messages: readonly DemoSms[] }).messages : [];
  } catch {
    return [];
  }
}
