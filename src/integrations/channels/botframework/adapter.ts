import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SendOutcome } from '../../../bot/channel-adapter.ts';
import { parseConversationId } from '../../../bot/conversation.ts';
import type { ConversationId } from '../../../bot/message.ts';
import type { Reply } from '../../../dialogs/reply.ts';
import { createPainter } from '../../charts/paint-chart.ts';
import type { FetchMedia } from '../../media/fetch-media.ts';
import type { Channel, ChannelParts } from '../channel.ts';
import { createTroubleLog } from '../trouble-log.ts';
import type { BotFrameworkAuthentication } from './authentication.ts';
import { createConnector, TOO_LARGE } from './connector.ts';
import { CHANNEL, parseActivity } from './parse.ts';
import type { ConversationReference, ReferenceStore } from './references.ts';
import { formOf, type OutgoingActivity, paintPicture, renderActivities, smallerThan } from './render.ts';

export interface BotFrameworkDeps extends Pick<ChannelParts, 'receive' | 'clock' | 'log'> {
  readonly references: ReferenceStore;
  readonly authentication: BotFrameworkAuthentication;
  readonly appId: string;
  readonly timeoutMs: number;
  readonly fetchMedia: FetchMedia;
  /** Said in a group, where the bot answers no questions. */
  readonly groupWords: string;
}

export const MESSAGES_PATH = '/channels/botframework/messages';
const LARGEST_BODY = 512 * 1024;

/** Teams and the other services of Azure Bot Service: activities come in, replies go out to the conversation's service. */
export function createBotFrameworkChannel(deps: BotFrameworkDeps): Channel {
  const { receive, references, authentication, clock, log, appId } = deps;
  const { count, mayLog, alarm } = createTroubleLog({ channel: CHANNEL, clock, logger: log });
  const paint = createPainter(paintPicture, (words) => alarm('chart', words));
  let isTokenRefused = false;
  const connector = createConnector({
    token: authentication.token,
    timeoutMs: deps.timeoutMs,
    onTrouble(kind, words) {
      isTokenRefused ||= kind === 'token';
      alarm(kind, words);
    },
  });

  async function send(conversation: ConversationId, reply: Reply | undefined): Promise<SendOutcome> {
    const { account, customer } = parseConversationId(conversation);
    const reference = account === appId ? await references.find(customer) : undefined;
    if (reference === undefined || reply === undefined) {
      return { result: 'refused', reason: reply === undefined ? 'nothing_to_send' : 'no_reference' };
    }
    const form = formOf(reference.channelId);
    const first = await postAll(reference, await renderActivities(reply, paint, form));
    const outcome =
      first === TOO_LARGE ? await postAll(reference, await renderActivities(reply, paint, smallerThan(form))) : first;
    if (outcome === TOO_LARGE) {
      alarm('payload', 'the service finds even a small message of ours too large');
    }
    isTokenRefused &&= outcome.result !== 'accepted';
    return outcome;
  }

  /** One after the other, or the service might turn them around. */
  async function postAll(
    reference: ConversationReference,
    activities: readonly OutgoingActivity[],
  ): Promise<SendOutcome> {
    let last: SendOutcome = { result: 'refused', reason: 'nothing_to_send' };
    for (const [index, activity] of activities.entries()) {
      last = await connector.post(reference, activity);
      if (last.result !== 'accepted') {
        // The customer has the parts before it, and must not read them twice.
        return index === 0 ? last : { result: 'unknown', reason: 'partly_sent' };
      }
    }
    return last;
  }

  async function take(body: unknown): Promise<void> {
    const found = parseActivity(body, appId, clock.now());
    count(found.kind);
    if (found.kind === 'group') {
      await connector.post(found.reference, { type: 'message', text: deps.groupWords, textFormat: 'plain' });
    }
    if (found.kind === 'customer') {
      // Kept first: an answer must never lack its way back.
      await references.put(found.customer, found.reference, clock.now());
      await receive({ ...found.event, receivedAt: clock.now() });
    }
  }

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    try {
      await authentication.check(request.body, request.headers.authorization ?? '');
    } catch {
      count('forged');
      if (mayLog('forged')) {
        log.warn('botframework: a request was refused whose token is not of the service it names');
      }
      return reply.code(401).send();
    }
    try {
      await take(request.body);
      return reply.code(200).send();
    } catch (error) {
      log.error({ error }, 'botframework: an activity could not be kept; the service will bring it again');
      return reply.code(503).send();
    }
  }

  return {
    adapter: {
      channel: CHANNEL,
      canRepeat: false,
      takesFiles: true,
      send: ({ message }) => send(message.conversationId, message.reply),
      async sendUnstored(conversation, replies) {
        for (const reply of replies) {
          const outcome = await send(conversation, reply);
          if (outcome.result !== 'accepted') {
            throw new Error(`The Bot Framework did not take safety words (${outcome.reason}).`);
          }
        }
      },
      trouble: async () => (isTokenRefused ? 'token_refused' : undefined),
    },
    bring: async ({ url }) => (url === undefined ? { kind: 'refused', reason: 'not_there' } : deps.fetchMedia(url)),
    async register(app: FastifyInstance) {
      app.post(MESSAGES_PATH, { bodyLimit: LARGEST_BODY }, handle);
    },
    close: () => undefined,
  };
}
