import type { OutgoingMessage, SendOutcome } from '../../../bot/channel-adapter.ts';
import { parseConversationId } from '../../../bot/conversation.ts';
import type { ConversationId } from '../../../bot/message.ts';
import { isByNotice, NOTICE_KEY, outcomeOfPart } from '../../../bot/notices/notice.ts';
import type { Clock, OptOuts } from '../../../bot/ports.ts';
import { type Reply, toPlainText } from '../../../dialogs/reply.ts';
import type { ZaloApi } from './api.ts';
import { createPartCaller } from './call-part.ts';
import { createTemplateCaller } from './call-template.ts';
import type { Files } from './files.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { PhoneCustomers } from './phone-customer.ts';
import type { Pictures } from './pictures.ts';
import { purposeOf } from './purpose-of.ts';
import { render, textParts } from './render.ts';
import { createSendPart, type SendPartDeps } from './send-part.ts';
import { createTemplateSender } from './send-template.ts';
import type { ZaloSettings } from './settings.ts';
import type { ZaloStore } from './store.ts';
import type { Templates } from './templates.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface SenderDeps extends SendPartDeps {
  readonly api: ZaloApi;
  readonly store: Pick<ZaloStore, 'sends' | 'buttons' | 'interactions'>;
  readonly templates: Templates;
  readonly phones: PhoneCustomers;
  readonly optOuts: Pick<OptOuts, 'has'>;
  readonly pictures: Pictures;
  readonly files: Files;
  readonly clock: Clock;
  readonly settings: ZaloSettings;
  readonly oaId: string;
  readonly line: WaitingLine;
}

export interface Sender {
  send(outgoing: OutgoingMessage): Promise<SendOutcome>;
  /** Sends words that are in no conversation, because the database is down. */
  sendUnstored(conversationId: ConversationId, replies: readonly Reply[]): Promise<void>;
  /** Whether an echo has words that went out while the database was down. */
  isUnstored(conversationId: ConversationId, fingerprint: string): boolean;
}

const CLOSED = { result: 'refused', reason: 'window_closed' } as const;
const MOST_UNSTORED = 1_000;
const ABOUT_INCIDENTS = `${NOTICE_KEY}incident/`;
/** Reasons to wait for the next minute. */
const BY_THE_MINUTE = ['paced', 'rate_limited'];

/** Sends replies part after part: nothing guarantees the order of calls that run side by side. */
export function createSender(deps: SenderDeps): Sender {
  const { store, clock, settings } = deps;
  const callPart = createPartCaller(deps);
  const sendPart = createSendPart(deps);
  const templateSender = createTemplateSender({
    ...deps,
    sendPart,
    interactions: store.interactions,
    callTemplate: createTemplateCaller(deps.api, deps.phones),
  });
  const unstored = new Set<string>();

  async function sendNow(outgoing: OutgoingMessage): Promise<SendOutcome> {
    const { conversationId, reply } = outgoing.message;
    const { account } = parseConversationId(conversationId);
    if (account !== deps.oaId || reply === undefined) {
      return { result: 'refused', reason: account === deps.oaId ? 'nothing_to_send' : 'other_oa' };
    }
    const template = reply.kind === 'text' ? reply.template : undefined;
    // He may have withdrawn after the notice was written. What answers him goes out, and what he has asked for since.
    if (isUnasked(outgoing.message) && (await deps.optOuts.has(conversationId))) {
      return { result: 'refused', reason: 'opted_out' };
    }
    if (deps.phones.isByPhone(conversationId)) {
      return template === undefined
        ? { result: 'refused', reason: 'needs_template' }
        : templateSender.send(outgoing, template);
    }
    if (template === undefined) {
      return sendParts(outgoing.message, reply);
    }
    // While the window is open, ordinary words go out: they are free at first, and a template never is.
    const outcome = (await templateSender.isWindowOpen(conversationId))
      ? await sendParts(outgoing.message, reply)
      : CLOSED;
    return outcome.result === 'refused' && outcome.reason === CLOSED.reason
      ? templateSender.send(outgoing, template)
      : outcome;
  }

  async function sendParts(message: OutgoingMessage['message'], reply: Reply): Promise<SendOutcome> {
    const { conversationId, seq } = message;
    const purpose = purposeOf(message);
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
      const outcome = await sendPart(row, () => callPart(conversationId, part, purpose));
      if (index > lastNeeded) {
        return last;
      }
      last = outcome;
      if (last.result !== 'accepted') {
        return outcomeOfPart(last, index, message.authorId);
      }
    }
    return last;
  }

  return {
    send: (outgoing) => sendInTurn(outgoing, deps.line, sendNow),
    async sendUnstored(conversationId, replies) {
      for (const reply of replies) {
        for (const part of textParts(toPlainText(reply), [], settings)) {
          unstored.add(unstoredKey(conversationId, fingerprintOf(part.text)));
          const result = await callPart(conversationId, part, 'safety');
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

/** Whether it is a notice for which its customer has not asked himself: he is told of the end of the outage that he reported. */
function isUnasked({ isSafety, authorId }: OutgoingMessage['message']): boolean {
  return isSafety !== true && isByNotice(authorId) && !authorId.startsWith(ABOUT_INCIDENTS);
}

/** Lets messages that were written earlier go first, when the calls of the minute do not reach for all. */
async function sendInTurn(
  outgoing: OutgoingMessage,
  line: WaitingLine,
  sendNow: (outgoing: OutgoingMessage) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const { message, idempotencyKey } = outgoing;
  // Safety words wait for nobody, and nobody waits for notices, which have calls of their own.
  if (purposeOf(message) !== 'message') {
    return sendNow(outgoing);
  }
  const room = line.enter(idempotencyKey, message.at);
  if (!room.ok) {
    return { result: 'wait', reason: 'paced', afterMs: room.afterMs };
  }
  let isToWait = false;
  try {
    const outcome = await sendNow(outgoing);
    isToWait = outcome.result === 'wait' && BY_THE_MINUTE.includes(outcome.reason);
    return outcome;
  } finally {
    if (isToWait) {
      line.goBack(idempotencyKey, message.at);
    } else {
      line.leave(idempotencyKey);
    }
  }
}

function unstoredKey(conversationId: ConversationId, fingerprint: string): string {
  return `${conversationId}/${fingerprint}`;
}
