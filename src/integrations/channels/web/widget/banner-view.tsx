/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { Banner, BannerItem } from '../../../banner/banner.ts';
import type { KeyValueStore } from './outbox.ts';
import { WORDS } from './words.ts';

interface BannerProps {
  readonly banner: Banner;
  /** Remembers for this browser what was put away. */
  readonly storage: KeyValueStore;
  /** Something was put away: its button, which had the focus, is gone. */
  readonly onDismissed: () => void;
}

const DISMISSED_KEY = 'lang-nghe:dismissed';
const MOST_REMEMBERED = 50;

/** What everybody must know now, above the conversation. Danger interrupts a screen reader, the rest waits for a pause. */
export function BannerView({ banner, storage, onDismissed }: BannerProps) {
  const [dismissed, setDismissed] = useState(() => read(storage));
  const shown = banner.filter(({ key }) => !dismissed.includes(key));
  const dismiss = (key: string) => {
    const all = [...read(storage), key].slice(-MOST_REMEMBERED);
    storage.setItem(DISMISSED_KEY, JSON.stringify(all));
    setDismissed(all);
    onDismissed();
  };
  const items = (isDanger: boolean) =>
    shown
      .filter((item) => item.isDanger === isDanger)
      .map((item) => <Item key={item.key} item={item} onDismiss={() => dismiss(item.key)} />);
  // Both are there from the beginning: what is put into a live region later is read out.
  return (
    <div class="notices">
      <div role="alert">{items(true)}</div>
      <div role="status">{items(false)}</div>
    </div>
  );
}

function Item({ item, onDismiss }: { readonly item: BannerItem; readonly onDismiss: () => void }) {
  const { heading, text, updated, isDanger } = item;
  return (
    <section class={isDanger ? 'notice danger' : 'notice'} aria-label={WORDS.notice}>
      <h3>{heading}</h3>
      <p>{text}</p>
      {updated !== undefined && <p class="updated">{WORDS.updated(updated)}</p>}
      <button type="button" aria-label={WORDS.dismiss(heading)} onClick={onDismiss}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 6 18 18M18 6 6 18" fill="none" stroke="currentColor" stroke-width="2.4" />
        </svg>
      </button>
    </section>
  );
}

function read(storage: KeyValueStore): readonly string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(DISMISSED_KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
}
