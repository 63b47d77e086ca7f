import { byNews, type CrisisMessage, isInForce } from '../../bot/crisis/crisis-message.ts';
import type { CrisisRecords } from '../../bot/crisis/crisis-records.ts';
import type { BannerNews } from '../banner/banner-news.ts';

type InForce = Pick<CrisisRecords, 'crisesInForce'>;

/** What no news told is seen so much later. */
const KEPT_MS = 1_000;

/** What turns read instead of the store; nothing, where the store reads from memory itself. */
export function readForTurns(
  { crises, isShared }: { readonly crises: InForce; readonly isShared: boolean },
  news: Pick<BannerNews, 'subscribe'>,
): { readonly forTurns?: { readonly crises: InForce } } {
  return isShared ? { forTurns: { crises: keepCrises(crises, news, () => performance.now()) } } : {};
}

/**
 * The crisis messages in force for the turns of a node that shares its database: read once, and anew when something was
 * published here, when another node says so, and after a second at the latest, so that nothing hangs on that word.
 */
export function keepCrises(crises: InForce, news: Pick<BannerNews, 'subscribe'>, monotonic: () => number): InForce {
  let kept:
    | { readonly at: number; readonly from: number; readonly messages: Promise<readonly CrisisMessage[]> }
    | undefined;
  news.subscribe(() => {
    kept = undefined;
  });

  function read(now: number): Promise<readonly CrisisMessage[]> {
    const reading = { at: monotonic(), from: now, messages: crises.crisesInForce(now) };
    kept = reading;
    reading.messages.catch(() => {
      kept = kept === reading ? undefined : kept;
    });
    return reading.messages;
  }

  return {
    async crisesInForce(now) {
      const isFresh = kept !== undefined && monotonic() - kept.at < KEPT_MS && now >= kept.from;
      const messages = await (isFresh && kept !== undefined ? kept.messages : read(now));
      return messages.filter((message) => isInForce(message, now)).sort(byNews);
    },
  };
}
