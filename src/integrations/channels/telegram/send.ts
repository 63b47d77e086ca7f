import { z } from 'zod';
import type { OutgoingMessage, SendOutcome } from '../../../bot/channel-adapter.ts';
import { parseConversationId } from '../../../bot/conversation.ts';
import type { ConversationId } from '../../../bot/message.ts';
import { outcomeOfPart } from '../../../bot/notices/notice.ts';
import type { Clock } from '../../../bot/ports.ts';
import { type Reply, toPlainText } from '../../../dialogs/reply.ts';
import type { ApiResult } from './api.ts';
import { createPartCaller, type PartCallerDeps } from './call-part.ts';
import { isTokenRefused, outcomeOf } from './errors.ts';
import type { Pacer } from './pacer.ts';
import { renderTelegram, type TelegramPart, textParts } from './render.ts';
import type { TelegramSettings } from './settings.ts';
import type { SharedPace } from './shared-pace.ts';
import type { SentPart, TelegramStore } from './store.ts';

export interface SenderDeps extends PartCallerDeps {
  readonly store: Pick<TelegramStore, 'sends' | 'buttons'>;
  /** The pace of this process. */
  readonly pacer: Pacer;
  /** The limits of the bot, where other nodes send too. */
  readonly sharedPace?: SharedPace | undefined;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly settings: TelegramSettings;
  readonly botId: string;
  /** Called when a human must put something right: the token, or a message that Telegram does not read. */
  readonly onTrouble: (kind: 'token' | 'payload', code: number) => void;
}

export interface Sender {
  send(outgoing: OutgoingMessage): Promise<SendOutcome>;
  /** Sends words that are in no conversation, because the database is down. */
  sendUnstored(conversationId: ConversationId, replies: readonly Reply[]): Promise<void>;
}

const SHOWS_TYPING_FROM_MS = 500;

const sentSchema = z.looseObject({ message_id: z.number() });

/** Sends replies part after part, at the pace that Telegram asks for. */
export function createSender(deps: SenderDeps): Sender {
  const { api, store, pacer, sharedPace, clock, settings } = deps;
  const callPart = createPartCaller(deps);

  async function send({ message, isOutdated }: OutgoingMessage): Promise<SendOutcome> {
    const { conversationId, seq, reply } = message;
    const { account, customer } = parseConversationId(conversationId);
    if (account !== deps.botId || reply === undefined) {
      return { result: 'refused', reason: account === deps.botId ? 'nothing_to_send' : 'other_bot' };
    }
    const { parts, meanings } = renderTelegram(reply, seq);
    if (meanings.size > 0) {
      await store.buttons.put(conversationId, meanings, clock.now());
    }
    let last: SendOutcome = { result: 'refused', reason: 'nothing_to_send' };
    for (const [index, part] of parts.entries()) {
      const pace = { isUrgent: message.isSafety === true, ...(index === 0 && isOutdated && { isOutdated }) };
      last = await sendPart(customer, { conversationId, seq, part: index + 1 }, part, pace);
      if (last.result !== 'accepted') {
        return outcomeOfPart(last, index, message.authorId);
      }
    }
    return last;
  }

  async function sendPart(
    chat: string,
    row: SentPart,
    part: TelegramPart,
    { isUrgent, isOutdated }: { readonly isUrgent: boolean; readonly isOutdated?: OutgoingMessage['isOutdated'] },
  ): Promise<SendOutcome> {
    const known = await store.sends.find(row);
    if (known !== undefined) {
      return { result: 'accepted', channelMessageId: known };
    }
    const since = clock.now();
    const tooLong = await waitForTurn(chat, `${row.conversationId}/${row.seq}/${row.part}`, isUrgent);
    if (tooLong !== undefined) {
      return { result: 'wait', reason: 'paced', afterMs: tooLong };
    }
    if (clock.now() > since && (await isOutdated?.()) === true) {
      return { result: 'wait', reason: 'outdated', afterMs: 0 };
    }
    const result = await callPart(chat, part);
    const sent = result.kind === 'ok' ? sentSchema.safeParse(result.result) : undefined;
    if (sent?.success) {
      const id = String(sent.data.message_id);
      await store.sends.put(row, id, clock.now());
      return { result: 'accepted', channelMessageId: id };
    }
    return outcomeFor(chat, result);
  }

  /** Returns when it is this message's turn; how long it would take, when that is too long to wait here. */
  async function waitForTurn(chat: string, ticket: string, isUrgent: boolean): Promise<number | undefined> {
    const tooLong = await waitWhile(chat, () => pacer.wait(chat, ticket, isUrgent));
    return tooLong ?? (isUrgent ? undefined : waitWhile(chat, () => sharedPace?.take(chat) ?? 0));
  }

  async function waitWhile(chat: string, ask: () => number | Promise<number>): Promise<number | undefined> {
    for (let wait = await ask(); wait > 0; wait = await ask()) {
      if (wait > settings.longestWaitMs) {
        return wait;
      }
      if (wait >= SHOWS_TYPING_FROM_MS) {
        void api.call('sendChatAction', { chat_id: chat, action: 'typing' });
      }
      await deps.sleep(wait);
    }
    return undefined;
  }

  function outcomeFor(chat: string, result: ApiResult): SendOutcome {
    switch (result.kind) {
      case 'ok':
        return { result: 'unknown', reason: 'answer_without_id' };
      case 'unknown':
        return { result: 'unknown', reason: 'answer_lost' };
      case 'not_sent':
        return { result: 'retry', reason: 'telegram_unreachable' };
      case 'server_error':
        return settings.serverErrorMeans === 'unknown'
          ? { result: 'unknown', reason: `http_${result.status}` }
          : { result: 'retry', reason: `http_${result.status}` };
      case 'error':
        return refused(chat, result);
    }
  }

  function refused(chat: string, result: Extract<ApiResult, { kind: 'error' }>): SendOutcome {
    const outcome = outcomeOf(result);
    if (outcome.result === 'wait' && outcome.reason === 'rate_limited') {
      pacer.pause(chat, outcome.afterMs);
    }
    if (isTokenRefused(result)) {
      deps.onTrouble('token', result.code);
    } else if (outcome.result === 'refused' && outcome.reason === 'telegram_payload') {
      deps.onTrouble('payload', result.code);
    }
    return outcome;
  }

  return {
    send,
    async sendUnstored(conversationId, replies) {
      const { customer } = parseConversationId(conversationId);
      for (const part of replies.flatMap((reply) => textParts(toPlainText(reply)))) {
        const result = await callPart(customer, part);
        if (result.kind !== 'ok') {
          throw new Error(`Telegram did not take safety words (${result.kind}).`);
        }
      }
    },
  };
}
