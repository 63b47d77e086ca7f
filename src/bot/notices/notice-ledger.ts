import type { ConversationId } from '../message.ts';
import type { NoticeEnd, NoticeRecord, NoticeState, SkipReason } from './notice.ts';

/** Every notice with what has become of it. What must be atomic is one unique insert by key. */
export interface NoticeLedger {
  /** Keeps a notice that is to be given at `nextAt` (UTC ms). `false`: one with this key is there, whatever its state. */
  plan(record: NoticeRecord, nextAt: number): Promise<boolean>;
  /** Keeps that somebody was passed over. `false`: one with this key is there. */
  skip(record: Omit<NoticeRecord, 'replies'>, reason: SkipReason): Promise<boolean>;
  /** Notices for a channel whose time has come, those first whose time came first. `held`: campaigns that rest. */
  waiting(query: {
    readonly channel: string;
    readonly held: readonly string[];
    readonly now: number;
    readonly limit: number;
  }): Promise<readonly NoticeRecord[]>;
  /** Notices of which nobody has told how they ended, when it is time to look. */
  unsettled(query: { readonly now: number; readonly limit: number }): Promise<readonly NoticeRecord[]>;
  /** Passes over all of a campaign that are still waiting. */
  drop(campaign: string): Promise<void>;
  /**
   * A waiting one is in the chain, so its words are forgotten here; `nextAt`: when to look what became of it. Changes nothing
   * when it has been put off again by now, more often than `putOff`.
   */
  given(record: Pick<NoticeRecord, 'key' | 'putOff'>, nextAt: number): Promise<void>;
  /**
   * One that was given waits again until `nextAt` with these words, unless it has failed or was put off that often before
   * (`putOff`): then `false`.
   */
  putOff(record: Pick<NoticeRecord, 'key' | 'replies' | 'putOff'>, nextAt: number): Promise<boolean>;
  /** How it ended. A failure stays, whatever is told later of another message of the same notice. */
  settle(key: string, state: NoticeEnd | 'skipped', reason?: string): Promise<void>;
  /** How many notices of a campaign are in each state, by reason. */
  counts(campaign: string): Promise<readonly NoticeCount[]>;
  /** Those of the failed ones that went on to another address, each as a notice of its own, by reason. */
  wentElsewhere(campaign: string): Promise<readonly NoticeCount[]>;
  /** Forgets some notices planned before that time, UTC ms, that have ended, but those to these conversations; returns how many. */
  prune(before: number, except?: readonly ConversationId[]): Promise<number>;
  /** How each of these stands; those that are not there are left out. */
  standing(keys: readonly string[]): Promise<ReadonlyMap<string, NoticeStanding>>;
  /** Without its words once it is given. */
  find(key: string): Promise<NoticeRecord | undefined>;
}

export interface NoticeStanding {
  readonly conversationId: ConversationId;
  readonly state: NoticeState;
  readonly reason?: string;
  /** UTC ms. */
  readonly plannedAt: number;
}

export interface NoticeCount {
  readonly state: NoticeState;
  readonly reason?: string;
  readonly count: number;
}
