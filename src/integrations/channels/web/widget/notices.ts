import type { Banner } from '../../../banner/banner.ts';

/** What the server last had to say to everybody, without what has expired since. */
export interface Notices {
  take(banner: Banner): void;
  shown(): Banner;
}

/** A timer of a browser takes no longer time than this. */
const LONGEST_TIMER_MS = 2_000_000_000;

/** Expiry is kept here, too: the connection may be away then. */
export function createNotices(onChange: () => void): Notices {
  let current: readonly { readonly item: Banner[number]; readonly endsAt: number }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function dropExpired(): void {
    const now = performance.now();
    current = current.filter(({ endsAt }) => endsAt > now);
    clearTimeout(timer);
    const next = Math.min(...current.map(({ endsAt }) => endsAt));
    if (Number.isFinite(next)) {
      timer = setTimeout(expire, Math.min(next - now, LONGEST_TIMER_MS));
    }
  }

  function expire(): void {
    dropExpired();
    onChange();
  }

  return {
    take(banner) {
      const now = performance.now();
      current = banner.map((item) => ({ item, endsAt: now + (item.lastsMs ?? Number.POSITIVE_INFINITY) }));
      dropExpired();
    },
    shown: () => current.map(({ item }) => item),
  };
}
