import type { NoticeTopic } from './notice.ts';

/** What the utility has decided about notices: `data/notices/rules.yaml`. */
export interface NoticeRules {
  /** As the customer reads it, for example "Hóa đơn hằng tháng". */
  label(topic: NoticeTopic): string;
  /** Until when such a notice must wait, UTC ms; `undefined`: it may be told now. */
  quietUntil(topic: NoticeTopic, now: number, isAsked: boolean): number | undefined;
}
