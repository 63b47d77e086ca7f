import { createNoticeGiver, type GiveDeps, type SettleNotice } from './give-notice.ts';
import type { NoticeLedger } from './notice-ledger.ts';
import { createTellRecipient, type TellDeps, type TellRecipient } from './tell-recipient.ts';

export interface NoticesDeps extends Omit<GiveDeps, 'ledger'>, Omit<TellDeps, 'ledger' | 'give'> {
  readonly ledger: NoticeLedger;
}

/** What the service tells by itself: once an event and recipient, on a channel that takes it, in allowed hours. */
export interface Notices {
  readonly tell: TellRecipient;
  readonly settle: SettleNotice;
  sweep(): Promise<void>;
  /** Forgets notices that have ended so long ago that their event cannot come again; returns how many. */
  prune(): Promise<number>;
}

/** How long notices are remembered, ms: the class `notices` of `data/privacy/retention.yaml`. */
export const NOTICES_KEPT_MS = 90 * 86_400_000;

export function createNotices(deps: NoticesDeps): Notices {
  const { give, settle, sweep } = createNoticeGiver(deps);
  return {
    tell: createTellRecipient({ ...deps, give }),
    settle,
    sweep,
    prune: () => deps.ledger.prune(deps.clock.now() - NOTICES_KEPT_MS),
  };
}
