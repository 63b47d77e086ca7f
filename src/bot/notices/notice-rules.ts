import type { SubscribedTopic } from '../../dialogs/subscribed-topic.ts';
import type { NoticeTopic } from './notice.ts';

/** What the utility has decided about notices: `data/notices/rules.yaml`. */
export interface NoticeRules {
  /** As the customer reads it, for example "Hóa đơn hằng tháng". */
  label(topic: NoticeTopic): string;
  /** What a customer agrees to who subscribes. */
  offer(topic: SubscribedTopic): NoticeOffer;
  readonly plannedOutage: PlannedOutageRules;
  /** How many notices a second a channel is given: what is left of its limits belongs to the conversations. */
  pace(channel: string): number;
  /** Until when such a notice must wait, UTC ms; `undefined`: it may be told now. */
  quietUntil(topic: NoticeTopic, now: number, isAsked: boolean): number | undefined;
}

/** How early planned outages are told, and what follows when nobody confirms to have read of them. */
export interface PlannedOutageRules {
  /** To who has subscribed in a chat. */
  readonly ownLeadMs: number;
  /** To accounts, by their kind. */
  readonly leadMs: ReadonlyMap<string, number>;
  readonly remindAfterMs: number;
  readonly callBeforeMs: number;
}

export interface NoticeOffer {
  /** Only for whoever has proved who he is. */
  readonly isPersonal: boolean;
  /** The words that are shown and kept. */
  readonly consent: string;
}
