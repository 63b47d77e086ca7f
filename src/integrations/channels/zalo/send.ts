import { z } from 'zod';
import { parseConversationId } from '../../../bot/conversation.ts';
import type { ConversationId } from '../../../bot/message.ts';
import type { Clock, OutgoingMessage, SendOutcome } from '../../../bot/ports.ts';
import { type Reply, toPlainText } from '../../../dialogs/reply.ts';
import type { ApiResult, ZaloApi } from './api.ts';
import { createPartCaller } from './call-part.ts';
import { classOf, outcomeOf } from './errors.ts';
import type { Files } from './files.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Pictures } from './pictures.ts';
import { render, textParts, type ZaloPart } from './render.ts';
import type { ZaloSettings } from './settings.ts';
import type { SendPart, ZaloStore } from './store.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface SenderDeps {
  readonly api: ZaloApi;
  readonly store: Pick<ZaloStore, 'sends' | 'buttons'>;
  readonly pictures: Pictures;
  readonly files: Files;
  readonly clock: Clock;
  readonly settings: ZaloSettings;
  readonly oaId: string;
  readonly msToNextMinute: () => number;
  readonly line: WaitingLine;
  /** Called when a human must put something right with Zalo, or there is nothing left to send with. */
  readonly onTrouble: (kind: 'operator' | 'quota', code: number) => void;
}

export interface Sender {
  send(outgoing: OutgoingMessage): Promise<SendOutcome>;
  /** Sends words that are in no conversation, because the database is down. */
  sendUnstored(conversationId: ConversationId, replies: readonly Reply[]): Promise<void>;
  /** Whether an echo has words that went out while the database was down. */
  isUnstored(conversationId: ConversationId, fingerprint: string): boolean;
}

const MINUTE_MS = 60_000;
/** Soon enough after a consent, and no burden while nobody gives it. */
const CONSENT_WAIT_MS = 5 * MINUTE_MS;
const MOST_UNSTORED = 1_000;
/** Reasons to wait for the next minute. */
const BY_THE_MINUTE = ['paced', 'rate_limited'];

const sentSchema = z.looseObject({ message_id: z.string().min(1) });

/** Sends replies part after part: nothing guarantees the order of calls that run side by side. */
export function createSender(deps: SenderDeps): Sender {
  const { store, clock, settings } = deps;
  const callPart = createPartCaller(deps);
  const unstored = new Set<string>();

  async function sendParts({ conversationId, seq, reply }: OutgoingMessage['message']): Promise<SendOutcome> {
    const { account } = parseConversationId(conversationId);
    if (account !== deps.oaId || reply === undefined) {
      return { result: 'refused', reason: account === deps.oaId ? 'nothing_to_send' : 'other_oa' };
    }
    const { parts, meanings } = render(reply, seq, settings);
    if (meanings.size > 0) {
      await store.buttons.put(conversationId, meanings, clock.now());
    }
    let last: SendOutcome = { result: 'refused', reason: 'nothing_to_send' };
    const lastNeeded = parts.findLastIndex(({ kind }) => kind !== 'user_info');
    for (const [index, part] of parts.entries()) {
      const isLast = index === lastNeeded;
      const fingerprint = fingerprintOf(part.text);
      const row = { conversationId, seq, part: index + 1, isLast, fingerprint, at: clock.now() };
      const outcome = await sendPart(row, part);
      if (index > lastNeeded) {
        return last;
      }
      last = outcome;
      if (last.result !== 'accepted') {
        return last;
      }
    }
    return last;
  }

  async function sendPart(row: SendPart, part: ZaloPart): Promise<SendOutcome> {
    // A part that an earlier attempt has brought through, or whose echo has come, is not sent again.
    const known = await store.sends.begin(row);
    if (known !== undefined) {
      return { result: 'accepted', channelMessageId: known };
    }
    const result = await callPart(row.conversationId, part);
    const id = result.kind === 'ok' ? sentSchema.safeParse(result.data) : undefined;
    if (id?.success) {
      await store.sends.accepted(row, id.data.message_id);
      return { result: 'accepted', channelMessageId: id.data.message_id };
    }
    const outcome = outcomeFor(result);
    if (outcome.result === 'unknown') {
      // Its echo may have been here before us.
      const echoed = await store.sends.begin(row);
      return echoed === undefined ? outcome : { result: 'accepted', channelMessageId: echoed };
    }
    // While it is open whether Zalo has it, the echo may still tell.
    const isSurelyNotSent = result.kind !== 'server_error';
    if (isSurelyNotSent) {
      await store.sends.notSent(row);
    }
    return outcome;
  }

  function outcomeFor(result: ApiResult): SendOutcome {
    switch (result.kind) {
      case 'ok':
        return { result: 'unknown', reason: 'answer_without_id' };
      case 'unknown':
        return { result: 'unknown', reason: 'answer_lost' };
      case 'not_sent':
        return { result: 'retry', reason: 'zalo_unreachable' };
      case 'paused':
        return { result: 'wait', reason: 'paced', afterMs: result.afterMs };
      case 'server_error':
        return settings.serverErrorMeans === 'unknown'
          ? { result: 'unknown', reason: `http_${result.status}` }
          : { result: 'retry', reason: `http_${result.status}` };
      case 'no_token':
        return result.why === 'needs_consent'
          ? { result: 'wait', reason: 'needs_consent', afterMs: CONSENT_WAIT_MS }
          : { result: 'retry', reason: 'zalo_unreachable' };
      case 'error': {
        const kind = classOf(result.code);
        if (kind === 'operator' || kind === 'quota') {
          deps.onTrouble(kind, result.code);
        } else if (kind === 'token') {
          // A new token was refused as well.
          deps.onTrouble('operator', result.code);
        }
        return outcomeOf(result.code, deps.msToNextMinute());
      }
    }
  }

  return {
    send: (outgoing) => sendInTurn(outgoing, deps.line, sendParts),
    async sendUnstored(conversationId, replies) {
      for (const reply of replies) {
        for (const part of textParts(toPlainText(reply), [], settings)) {
          unstored.add(unstoredKey(conversationId, fingerprintOf(part.text)));
          const result = await callPart(conversationId, part);
          if (result.kind !== 'ok') {
            throw new Error(`Zalo did not take safety words (${result.kind}).`);
          }
        }
      }
      if (unstored.size > MOST_UNSTORED) {
        unstored.clear();
      }
    },
    isUnstored: (conversationId, fingerprint) => unstored.has(unstoredKey(conversationId, fingerprint)),
  };
}

/** Lets messages that were written earlier go first, when the calls of the minute do not reach for all. */
async function sendInTurn(
  { message, idempotencyKey }: OutgoingMessage,
  line: WaitingLine,
  sendNow: (message: OutgoingMessage['message']) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  // Safety words wait for nobody.
  const room = message.isSafety === true ? { ok: true as const } : line.enter(idempotencyKey, message.at);
  if (!room.ok) {
    return { result: 'wait', reason: 'paced', afterMs: room.afterMs };
  }
  const outcome = await sendNow(message);
  if (outcome.result === 'wait' && BY_THE_MINUTE.includes(outcome.reason)) {
    line.goBack(idempotencyKey, message.at);
  }
  return outcome;
}

function unstoredKey(conversationId: ConversationId, fingerprint: string): string {
  return `${conversationId}/${fingerprint}`;
}
