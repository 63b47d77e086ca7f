import type { FastifyInstance } from 'fastify';
import type { OutgoingMessage, SendOutcome } from '../../../bot/channel-adapter.ts';
import { parseConversationId } from '../../../bot/conversation.ts';
import { type Reply, toPlainText } from '../../../dialogs/reply.ts';
import { type FitOptions, fitSms } from '../../sms/segments.ts';
import { SmsError } from '../../sms/sms-error.ts';
import type { Channel, ChannelParts } from '../channel.ts';
import { conversationByAddress } from '../conversation-by-address.ts';
import { type CallbackSettings, CHANNEL, registerCallbacks } from './callback-routes.ts';

export interface SmsChannelDeps
  extends CallbackSettings,
    Pick<ChannelParts, 'sms' | 'addresses' | 'optOuts' | 'deliveries' | 'clock' | 'log'> {
  readonly optOutText: string;
  /** True when the gateway shows the same key once: then a lost answer is simply asked again. */
  readonly dropsRepeats: boolean;
  readonly fit: FitOptions;
}

const NO_ANSWERS = 'Tin tự động, vui lòng không trả lời.';

/** Notices by SMS. Outward only: nobody reads what customers answer, and every notice says so. */
export function createSmsChannel(deps: SmsChannelDeps): Channel {
  const ending = deps.optOutText === '' ? NO_ANSWERS : deps.optOutText;

  async function send({ message, idempotencyKey }: OutgoingMessage): Promise<SendOutcome> {
    const { conversationId, reply } = message;
    const to = deps.addresses.open(CHANNEL, parseConversationId(conversationId).customer);
    if (to === undefined) {
      return { result: 'refused', reason: 'address_unreadable' };
    }
    if (reply === undefined) {
      return { result: 'refused', reason: 'nothing_to_say' };
    }
    // He may have said no after the notice was written.
    if (await deps.optOuts.has(conversationId)) {
      return { result: 'refused', reason: 'opted_out' };
    }
    const { text } = fitSms(wordsOf(reply), { ...deps.fit, ending: endingOf(reply, ending) });
    try {
      const { id } = await deps.sms.send({ key: idempotencyKey, to, text });
      return { result: 'accepted', ...(id !== undefined && { channelMessageId: id }) };
    } catch (error) {
      return outcomeOf(error, deps.dropsRepeats);
    }
  }

  return {
    adapter: {
      ...{ channel: CHANNEL, canRepeat: deps.dropsRepeats, send },
      conversationWith: (phone) => conversationByAddress(deps.addresses, CHANNEL, phone),
    },
    register: async (app: FastifyInstance) => registerCallbacks(app, deps),
    close: () => undefined,
  };
}

function wordsOf(reply: Reply): string {
  return reply.kind === 'file' ? [reply.text, `${reply.name}:`].filter(Boolean).join('\n') : toPlainText(reply);
}

/** Half an address opens nothing: that of a file stands where nothing is cut. */
function endingOf(reply: Reply, ending: string): string {
  return reply.kind === 'file' ? `${reply.url}\n${ending}` : ending;
}

function outcomeOf(error: unknown, dropsRepeats: boolean): SendOutcome {
  const code = error instanceof SmsError ? error.code : 'sms_unknown';
  switch (code) {
    case 'sms_unreachable':
    case 'sms_busy':
      return { result: 'retry', reason: code };
    case 'sms_refused':
      return { result: 'refused', reason: code };
    case 'sms_unknown':
      return { result: dropsRepeats ? 'retry' : 'unknown', reason: code };
  }
}
