import type { FastifyBaseLogger } from 'fastify';
import { conversationId } from '../../../bot/conversation.ts';
import type { Banner } from '../../banner/banner.ts';
import type { BannerNews } from '../../banner/banner-news.ts';
import type { BannerFacts, BannerReader, BannerViewer } from '../../banner/read-banner.ts';
import { CHANNEL } from './parse.ts';

/** Keeps the banners of open pages true. */
export interface BannerPushes {
  /** Shows the banner of this visitor now, and again whenever it changes; returns the function that ends it. */
  watch(visitor: string, show: (banner: Banner) => void): () => void;
  /** Something happened in the conversation: perhaps it is known now where the visitor is. */
  wake(visitor: string): void;
  /** As it is now, for whoever asks again and again. */
  read(visitor: string): Promise<Banner>;
  close(): void;
}

export interface BannerPushesDeps {
  readonly reader: BannerReader;
  readonly news: BannerNews;
  readonly account: string;
  /** What no news told, and what has expired, is seen so much later, ms. */
  readonly lookMs: number;
  readonly logger: Pick<FastifyBaseLogger, 'warn'>;
}

interface Watcher {
  readonly visitor: string;
  readonly show: (banner: Banner) => void;
  /** Looked up when it matters. */
  viewer: BannerViewer | undefined;
  /** Until it is looked up once more after a turn. */
  again: ReturnType<typeof setTimeout> | undefined;
  /** What was shown last, to compare. */
  shown: string | undefined;
}

/** What follows from a turn (a report that is grouped) is there so many looks later at the latest. */
const LOOKS_UNTIL_AGAIN = 5;

/** Who is nobody in particular. */
const ANYBODY: BannerViewer = { where: {}, incidents: [] };

export function createBannerPushes({ reader, news, account, lookMs, logger }: BannerPushesDeps): BannerPushes {
  const watchers = new Map<string, Set<Watcher>>();
  /** Who is to be shown the banner anew. */
  const waiting = new Set<Watcher>();
  let isReading = false;
  let isPersonal = false;

  const viewerOf = (visitor: string) => reader.viewer(conversationId({ channel: CHANNEL, account, customer: visitor }));

  /** One reading for all that wait; who comes meanwhile gets the next, so nobody is shown the older one last. */
  async function refresh(): Promise<void> {
    if (isReading) {
      return;
    }
    isReading = true;
    try {
      while (waiting.size > 0) {
        const now = [...waiting];
        waiting.clear();
        await showTo(now, await reader.facts());
      }
    } catch (error) {
      logger.warn({ err: error }, 'web: could not read the banner; it is tried again');
    } finally {
      isReading = false;
    }
  }

  async function showTo(some: readonly Watcher[], facts: BannerFacts): Promise<void> {
    isPersonal = isForSome(facts);
    for (const watcher of some) {
      // On nearly all days nobody need be looked up.
      watcher.viewer = isPersonal ? (watcher.viewer ?? (await viewerOf(watcher.visitor))) : undefined;
      const banner = reader.show(facts, watcher.viewer ?? ANYBODY);
      const shown = JSON.stringify(banner.map(({ lastsMs: _, ...item }) => item));
      if (shown !== watcher.shown) {
        watcher.shown = shown;
        watcher.show(banner);
      }
    }
  }

  function lookUpAnew(watcher: Watcher): void {
    watcher.viewer = undefined;
    if (isPersonal) {
      waiting.add(watcher);
      void refresh();
    }
  }

  function refreshAll(): void {
    for (const watcher of [...watchers.values()].flatMap((own) => [...own])) {
      waiting.add(watcher);
    }
    void refresh();
  }

  const unsubscribe = news.subscribe(refreshAll);
  const looking = setInterval(refreshAll, lookMs);
  looking.unref();

  return {
    watch(visitor, show) {
      const watcher: Watcher = { visitor, show, viewer: undefined, again: undefined, shown: undefined };
      const own = watchers.get(visitor) ?? new Set();
      watchers.set(visitor, own.add(watcher));
      waiting.add(watcher);
      void refresh();
      return () => {
        waiting.delete(watcher);
        clearTimeout(watcher.again);
        own.delete(watcher);
        if (own.size === 0 && watchers.get(visitor) === own) {
          watchers.delete(visitor);
        }
      };
    },
    wake(visitor) {
      for (const watcher of watchers.get(visitor) ?? []) {
        lookUpAnew(watcher);
        clearTimeout(watcher.again);
        watcher.again = setTimeout(lookUpAnew, LOOKS_UNTIL_AGAIN * lookMs, watcher);
        watcher.again.unref();
      }
    },
    async read(visitor) {
      const facts = await reader.facts();
      return reader.show(facts, isForSome(facts) ? await viewerOf(visitor) : ANYBODY);
    },
    close() {
      clearInterval(looking);
      unsubscribe();
      watchers.clear();
      waiting.clear();
    },
  };
}

/** Whether it depends on where somebody is what he is shown. */
function isForSome({ crises, incidents }: BannerFacts): boolean {
  return incidents.length > 0 || crises.some(({ area }) => area !== undefined);
}
