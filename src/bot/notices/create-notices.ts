import { createNoticeGiver, type GiveDeps, type SettleNotice } from './give-notice.ts';
import { createHoldNotice, type HoldNotice } from './hold-notice.ts';
import type { NoticeLedger } from './notice-ledger.ts';
import { createTellRecipient, type TellDeps, type TellRecipient } from './tell-recipient.ts';

export interface NoticesDeps extends Omit<GiveDeps, 'ledger'>, Omit<TellDeps, 'ledger' | 'give'> {
  readonly ledger: NoticeLedger;
}

/** What the service tells by itself: once an event and recipient, on a channel that takes it, in allowed hours. */
export interface Notices {
  readonly tell: TellRecipient;
  readonly settle: SettleNotice;
  readonly holdNotice: HoldNotice;
  sweep(): Promise<void>;
  /** Goes on giving between two sweeps. */
  goOn(): Promise<void>;
}

export function createNotices(deps: NoticesDeps): Notices {
  const { give, settle, sweep, goOn } = createNoticeGiver(deps);
  return {
    tell: createTellRecipient({ ...deps, give }),
    settle,
    holdNotice: createHoldNotice(deps),
    sweep,
    goOn,
  };
}
