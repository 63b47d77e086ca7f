import { colleaguesAt, type OpenScreen } from './colleagues-at.ts';
import type { ColleagueHere } from './desk-api/live.ts';
import { createScreensElsewhere, type ScreensLine } from './screens-line.ts';

/** Tells screens who else has the same conversation open, on this node and on others. */
export interface ColleagueTeller {
  /** `asks`: somebody has just come here, and wants to know who is on other nodes. */
  tell(conversationId: string | null, asks?: boolean): void;
  /** Tells of every open conversation; call it at each beat. */
  tellAll(): void;
  close(): void;
}

interface TellerDeps<S extends OpenScreen> {
  /** The open screens of this node; they may change. */
  readonly screens: ReadonlySet<S>;
  readonly line: ScreensLine;
  /** A node that has told nothing for so long has nobody there any more. */
  readonly keptMs: number;
  readonly show: (screen: S, conversationId: string, here: readonly ColleagueHere[]) => void;
}

export function createColleagueTeller<S extends OpenScreen>(deps: TellerDeps<S>): ColleagueTeller {
  const { screens, line, keptMs, show } = deps;
  const now = () => performance.now();
  const elsewhere = createScreensElsewhere(keptMs, now);

  const watchedHere = () => new Set([...screens].flatMap(({ watched }) => watched ?? []));

  function tellHere(conversationId: string): void {
    for (const [screen, here] of colleaguesAt(screens, conversationId, now(), elsewhere.at(conversationId))) {
      show(screen, conversationId, here);
    }
  }

  function tellNodes(conversationId: string, asks: boolean): void {
    const here = [...screens]
      .filter(({ watched }) => watched === conversationId)
      .map(({ agentId, name, typingUntil }) => ({ agentId, name, isTyping: typingUntil > now() }));
    line.tell({ conversationId, here, asks });
  }

  function tell(conversationId: string | null, asks = false): void {
    if (conversationId !== null) {
      tellHere(conversationId);
      tellNodes(conversationId, asks);
    }
  }

  const close = line.subscribe((news) => {
    elsewhere.keep(news);
    tellHere(news.conversationId);
    if (news.asks && watchedHere().has(news.conversationId)) {
      tellNodes(news.conversationId, false);
    }
  });

  return {
    tell,
    tellAll() {
      for (const conversationId of watchedHere()) {
        tell(conversationId);
      }
    },
    close,
  };
}
