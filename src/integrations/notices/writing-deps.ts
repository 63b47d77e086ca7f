import type { ProvinceNames } from '../../bot/incidents/match-outage.ts';
import type { Clock, CustomerRecords } from '../../bot/ports.ts';
import type { NoticeTemplates } from './load-notice-templates.ts';

/** What notices are written from. */
export interface WritingDeps {
  readonly customers: CustomerRecords;
  readonly noticeTemplates: Pick<NoticeTemplates, 'reply'>;
  readonly provinceNames: ProvinceNames;
  readonly clock: Clock;
}
