import { z } from 'zod';
import type { SendOutcome } from '../../../bot/channel-adapter.ts';
import { faultCode, NEVER_CONNECTED, NEVER_TRUSTED } from '../../connection-fault.ts';
import type { ConversationReference } from './references.ts';
import type { OutgoingActivity } from './render.ts';

export interface ConnectorDeps {
  readonly token: () => Promise<string>;
  readonly timeoutMs: number;
  /** Called when a human must put something right. */
  readonly onTrouble: (kind: 'token' | 'payload', words: string) => void;
}

export interface Connector {
  post(reference: ConversationReference, activity: OutgoingActivity): Promise<SendOutcome>;
}

const BEFORE_SENDING = [...NEVER_CONNECTED, ...NEVER_TRUSTED, 'UND_ERR_CONNECT_TIMEOUT'];
const ASK_AGAIN_AFTER_MS = 60_000;
const PAUSE_MS = 5_000;

/** Nothing of the activity is shown; in smaller ones its words may pass. */
export const TOO_LARGE: SendOutcome = { result: 'refused', reason: 'message_too_large' };

const answerSchema = z.looseObject({ id: z.string() });

/**
 * Posts activities to the service of a conversation, each once: the client of the SDK would post again by itself after a
 * 5xx, and the customer might see it twice.
 */
export function createConnector({ token, timeoutMs, onTrouble }: ConnectorDeps): Connector {
  const noToken = (words: string): SendOutcome => {
    onTrouble('token', words);
    return { result: 'wait', reason: 'token_refused', afterMs: ASK_AGAIN_AFTER_MS };
  };

  async function post(reference: ConversationReference, activity: OutgoingActivity): Promise<SendOutcome> {
    const bearer = await token().catch(() => undefined);
    if (bearer === undefined) {
      return noToken('Microsoft gives no token: check BOT_APP_ID, BOT_APP_PASSWORD and BOT_APP_TENANT_ID');
    }
    const { serviceUrl, conversationId, botId, userId, channelId } = reference;
    const root = serviceUrl.replace(/\/+$/, '');
    try {
      const answer = await fetch(`${root}/v3/conversations/${encodeURIComponent(conversationId)}/activities`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
        body: JSON.stringify({
          ...activity,
          ...{ serviceUrl, channelId, from: { id: botId }, recipient: { id: userId } },
          conversation: { id: conversationId },
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return answer.status === 401
        ? noToken('the service refuses our token: check BOT_APP_ID, BOT_APP_PASSWORD and BOT_APP_TENANT_ID')
        : await outcomeOf(answer);
    } catch (error) {
      return BEFORE_SENDING.includes(faultCode(error))
        ? { result: 'retry', reason: 'service_unreachable' }
        : { result: 'unknown', reason: 'answer_lost' };
    }
  }

  async function outcomeOf(answer: Response): Promise<SendOutcome> {
    const { status } = answer;
    if (answer.ok) {
      const read = answerSchema.safeParse(await answer.json());
      return { result: 'accepted', ...(read.success && { channelMessageId: read.data.id }) };
    }
    await answer.body?.cancel();
    if (status === 429) {
      const seconds = Number(answer.headers.get('retry-after'));
      return { result: 'wait', reason: 'rate_limited', afterMs: seconds > 0 ? seconds * 1_000 : PAUSE_MS };
    }
    if (status >= 500) {
      return { result: 'unknown', reason: `http_${status}` };
    }
    if (status === 403 || status === 404) {
      return { result: 'refused', reason: status === 403 ? 'blocked' : 'conversation_gone' };
    }
    if (status === 413) {
      return TOO_LARGE;
    }
    onTrouble('payload', `the service does not take one of our messages (${status})`);
    return { result: 'refused', reason: 'botframework_payload' };
  }

  return { post };
}
