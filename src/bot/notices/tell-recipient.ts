import type { Reply } from '../../dialogs/reply.ts';
import type { ChannelAdapter } from '../channel-adapter.ts';
import { parseConversationId } from '../conversation.ts';
import type { ConversationId } from '../message.ts';
import type { Clock, OptOuts } from '../ports.ts';
import { windowState } from '../reply-window.ts';
import type { GiveNotice } from './give-notice.ts';
import { type Notice, type NoticeRecord, noticeKeyOf, type Recipient, type TellOutcome } from './notice.ts';
import type { NoticeLedger } from './notice-ledger.ts';
import type { NoticeRules } from './notice-rules.ts';

export interface TellDeps {
  readonly ledger: Pick<NoticeLedger, 'plan' | 'skip'>;
  readonly optOuts: Pick<OptOuts, 'has'>;
  /** By channel. */
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
  readonly rules: NoticeRules;
  readonly give: GiveNotice;
  readonly clock: Clock;
}

/** Tells somebody a notice, once. Throws when the store fails: call again, nothing is told twice. */
export type TellRecipient = (recipient: Recipient, notice: Notice) => Promise<TellOutcome>;

/**
 * A notice goes to the conversation of its recipient, as a template where the channel's window is closed; where that
 * channel takes nothing now, to his phone or his mail.
 * Which way was chosen is kept by one unique insert before anything is sent, so a second call cannot choose another.
 */
export function createTellRecipient(deps: TellDeps): TellRecipient {
  const { ledger, optOuts, adapters, rules, clock } = deps;

  async function isOpen(id: ConversationId, replies: readonly Reply[]): Promise<boolean> {
    const adapter = adapters.get(parseConversationId(id).channel);
    if (adapter === undefined || isTakenAsTemplate(adapter, replies)) {
      return adapter !== undefined;
    }
    const window = await adapter.window?.(id);
    return window === undefined || windowState(window, clock.now()) !== 'closed';
  }

  function elsewhere({ phone, email }: Recipient): readonly ConversationId[] {
    return Object.entries({ sms: phone, email }).flatMap(([channel, address]) => {
      const id = address && adapters.get(channel)?.conversationWith?.(address);
      return id ? [id] : [];
    });
  }

  /** The ways to this recipient that are open now, the best first. */
  async function waysTo(
    recipient: Recipient,
    replies: readonly Reply[],
    askedAt: number | undefined,
  ): Promise<readonly ConversationId[]> {
    const ways: ConversationId[] = [];
    for (const id of new Set([recipient.conversationId, ...elsewhere(recipient)])) {
      if (
        (await isOpen(id, replies)) &&
        !(await optOuts.has(id, id === recipient.conversationId ? askedAt : undefined))
      ) {
        ways.push(id);
      }
    }
    return ways;
  }

  return async (recipient, { event, topic, replies, more = [], provenance, askedAt, expiresAt, campaign }) => {
    const now = clock.now();
    const whole = {
      key: noticeKeyOf(event, recipient.conversationId),
      topic,
      ...(campaign !== undefined && { campaign }),
      ...(expiresAt !== undefined && { expiresAt }),
      ...(askedAt !== undefined && { askedAt }),
    };
    const skip = async (reason: 'opted_out' | 'unreachable' | 'expired'): Promise<TellOutcome> =>
      (await ledger.skip({ ...whole, conversationId: recipient.conversationId }, reason))
        ? { result: 'skipped', reason }
        : { result: 'repeat' };
    if (expiresAt !== undefined && now > expiresAt) {
      return skip('expired');
    }
    // Who wants nothing in his conversation does not want it on his phone instead.
    if (await optOuts.has(recipient.conversationId, askedAt)) {
      return skip('opted_out');
    }
    const [way, fallback] = await waysTo(recipient, replies, askedAt);
    if (way === undefined) {
      return skip('unreachable');
    }
    const record: NoticeRecord = {
      ...whole,
      conversationId: way,
      replies: (await isOpen(way, [...replies, ...more])) ? [...replies, ...more] : replies,
      ...(provenance !== undefined && { provenance }),
      ...(fallback !== undefined && { fallback }),
    };
    const until = rules.quietUntil(topic, now, askedAt !== undefined);
    if (!(await ledger.plan(record, until ?? now))) {
      return { result: 'repeat' };
    }
    if (until !== undefined) {
      return { result: 'deferred', until };
    }
    if (campaign !== undefined) {
      // Many at once: the sweep gives them at the pace of their channel.
      return { result: 'deferred', until: now };
    }
    await deps.give(record);
    return { result: 'told', conversationId: way };
  };
}

function isTakenAsTemplate(adapter: ChannelAdapter, replies: readonly Reply[]): boolean {
  return replies.every(
    (reply) =>
      reply.kind === 'text' && reply.template !== undefined && adapter.takesTemplate?.(reply.template.name) === true,
  );
}
