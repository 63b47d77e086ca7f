import type { ProvinceNames } from '../../bot/incidents/match-outage.ts';
import type { NoticeLedger } from '../../bot/notices/notice-ledger.ts';
import type { Subscriptions } from '../../bot/notices/subscription.ts';
import type { Clock, CustomerRecords } from '../../bot/ports.ts';
import type { DialogEngine } from '../../dialogs/dialog-engine.ts';
import type { NoticeTemplates } from './load-notice-templates.ts';

/** What notices are written from. */
export interface WritingDeps {
  readonly customers: CustomerRecords;
  /** Of a conversation: whoever has several contracts is told of all of them in one message. */
  readonly subscriptions: Pick<Subscriptions, 'of'>;
  /** What was told before, and when. */
  readonly noticeLedger: Pick<NoticeLedger, 'standing'>;
  readonly noticeTemplates: Pick<NoticeTemplates, 'reply'>;
  readonly provinceNames: ProvinceNames;
  readonly engine: Pick<DialogEngine, 'notice'>;
  readonly clock: Clock;
}
