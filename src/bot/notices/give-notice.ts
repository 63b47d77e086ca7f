import type { ChannelAdapter } from '../channel-adapter.ts';
import type { InboundEvent, TrackedMessage } from '../message.ts';
import type { AttemptOutcome, Clock, ConversationStore, ConversationViews, OptOuts } from '../ports.ts';
import { type Campaign, type CampaignStore, noticeTopicOf } from './campaign.ts';
import { PUT_OFF } from './hold-notice.ts';
import { elseKeyOf, isByNotice, keyOfAuthor, type NoticeRecord, noticeAuthorOf } from './notice.ts';
import { createNoticeBudget } from './notice-budget.ts';
import type { NoticeLedger } from './notice-ledger.ts';
import type { NoticeRules } from './notice-rules.ts';

export interface GiveDeps {
  readonly ledger: Pick<NoticeLedger, 'plan' | 'waiting' | 'unsettled' | 'given' | 'settle' | 'find'>;
  /** Nothing is given of those that rest. */
  readonly campaigns: Pick<CampaignStore, 'list'>;
  /** By channel. */
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly store: Pick<ConversationStore, 'head'>;
  readonly views: Pick<ConversationViews, 'messages'>;
  /** The bot's inbox: it drops the second event of the same key. */
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  readonly rules: NoticeRules;
  readonly clock: Clock;
}

/** Brings a planned notice into the chain of its conversation. */
export type GiveNotice = (record: NoticeRecord) => Promise<void>;

/** A message of a conversation has come to its end; messages that are no notices are none of ours. */
export type SettleNotice = (
  message: TrackedMessage,
  outcome: Pick<AttemptOutcome, 'state' | 'reason'>,
) => Promise<void>;

export interface NoticeGiver {
  readonly give: GiveNotice;
  readonly settle: SettleNotice;
  /** One round: gives what is due, and finds out what became of notices of which nobody has told. */
  sweep(): Promise<void>;
  /**
   * Goes on giving between two rounds, as long as there is something: little by little, so that few are on their way to a
   * channel when the process dies. Asks the database nothing when the last round had nothing to give.
   */
  goOn(): Promise<void>;
}

const SWEEP_LIMIT = 200;
/** Who tells what became of a notice may die on the way; until then the outbox needs longer than this but seldom. */
const LOOK_AFTER_MS = 5 * 60_000;
const LOOKED_BACK = 200;
const MOST_OPEN = 1_000;
/** The newest: what older ones had planned is long dropped. */
export const STOPPED_HELD = 50;

/** The way of planned notices through the inbox to their end. */
export function createNoticeGiver(deps: GiveDeps): NoticeGiver {
  const { ledger, clock } = deps;
  const budget = createNoticeBudget(deps.rules.pace, clock.now());
  let isGiving = false;

  async function give(record: NoticeRecord): Promise<void> {
    const { key, conversationId, replies, provenance, askedAt, expiresAt } = record;
    const now = clock.now();
    if (expiresAt !== undefined && now > expiresAt) {
      return ledger.settle(key, 'skipped', 'expired');
    }
    // He may have said no while it waited.
    if (await deps.optOuts.has(conversationId, askedAt)) {
      return ledger.settle(key, 'skipped', 'opted_out');
    }
    const event = { key: noticeAuthorOf(record), conversationId, orderKey: now, receivedAt: now };
    await deps.receive({ ...event, content: { kind: 'notice', replies, ...(provenance && { provenance }) } });
    await ledger.given(record, now + LOOK_AFTER_MS);
  }

  async function settle(message: TrackedMessage, { state, reason }: Parameters<SettleNotice>[1]): Promise<void> {
    const isPutOff = state === 'withdrawn' && reason === PUT_OFF;
    if (!isByNotice(message.authorId) || state === 'queued' || state === 'sending' || isPutOff) {
      return;
    }
    const key = keyOfAuthor(message.authorId);
    if (state === 'failed') {
      await tryElsewhere(key, message);
    }
    await ledger.settle(key, state, reason);
  }

  /** Paused, stopped by somebody who died before he had dropped the rest, or overtaken by the quiet hours. */
  function isResting(campaign: Campaign, now: number): boolean {
    const topic = noticeTopicOf(campaign);
    return campaign.progress.state !== 'running' || deps.rules.quietUntil(topic, now, false) !== undefined;
  }

  /** Planned before the failure is kept: a crash in between finds it there. */
  async function tryElsewhere(key: string, { reply }: TrackedMessage): Promise<void> {
    const failed = await ledger.find(key);
    if (failed?.fallback === undefined || reply === undefined) {
      return;
    }
    const { fallback, putOff: _, ...record } = failed;
    const other = { ...record, key: elseKeyOf(key), conversationId: fallback, replies: [reply] };
    const now = clock.now();
    const nextAt = deps.rules.quietUntil(record.topic, now, record.askedAt !== undefined) ?? now;
    if ((await ledger.plan(other, nextAt)) && nextAt === now) {
      await give(other);
    }
  }

  async function lookAfter(record: NoticeRecord): Promise<void> {
    const { conversationId } = record;
    const head = await deps.store.head(conversationId);
    const after = Math.max(0, (head?.state.messageSeq ?? 0) - LOOKED_BACK);
    const messages = await deps.views.messages(conversationId, after, LOOKED_BACK);
    const own = messages.filter(({ authorId }) => authorId === noticeAuthorOf(record));
    await ledger.given(record, clock.now() + LOOK_AFTER_MS);
    for (const message of own) {
      await settle(message, {
        state: message.delivery ?? 'queued',
        ...(message.failure !== undefined && { reason: message.failure }),
      });
    }
  }

  async function giveDue(): Promise<void> {
    const now = clock.now();
    budget.pass(now);
    const open = await deps.campaigns.list({ states: ['running', 'paused'], limit: MOST_OPEN });
    const stopped = await deps.campaigns.list({ states: ['stopped'], limit: STOPPED_HELD });
    const held = [...open, ...stopped].filter((campaign) => isResting(campaign, now)).map(({ id }) => id);
    for (const channel of deps.adapters.keys()) {
      const limit = budget.of(channel);
      const due = limit === 0 ? [] : await ledger.waiting({ channel, held, now, limit });
      await Promise.all(due.map(give));
      budget.spend(channel, due.length);
    }
  }

  async function giveRound(): Promise<void> {
    if (isGiving) {
      return;
    }
    isGiving = true;
    try {
      await giveDue();
    } finally {
      isGiving = false;
    }
  }

  return {
    give,
    settle,
    async sweep() {
      await giveRound();
      for (const record of await ledger.unsettled({ now: clock.now(), limit: SWEEP_LIMIT })) {
        await lookAfter(record);
      }
    },
    async goOn() {
      if (budget.isShort()) {
        await giveRound();
      } else {
        budget.pass(clock.now());
      }
    },
  };
}
