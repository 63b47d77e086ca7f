import type { SubscribedTopic } from '../../dialogs/subscribed-topic.ts';
import type { NoticeTopic } from './notice.ts';

/** What the utility has decided about notices: `data/notices/rules.yaml`. */
export interface NoticeRules {
  /** As the customer reads it, for example "Hóa đơn hằng tháng". */
  label(topic: NoticeTopic): string;
  /** What a customer agrees to who subscribes. */
  offer(topic: SubscribedTopic): NoticeOffer;
  /** How many notices a second a channel is given: what is left of its limits belongs to the conversations. */
  pace(channel: string): number;
  /** Until when such a notice must wait, UTC ms; `undefined`: it may be told now. */
  quietUntil(topic: NoticeTopic, now: number, isAsked: boolean): number | undefined;
}

export interface NoticeOffer {
  /** Only for whoever has proved who he is. */
  readonly isPersonal: boolean;
  /** The words that are shown and kept. */
  readonly consent: string;
}
