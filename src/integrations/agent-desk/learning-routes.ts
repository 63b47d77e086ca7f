import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock, ConversationViews } from '../../bot/ports.ts';
import { hasHiddenCode } from '../../bot/redact.ts';
import { hidePersonal } from '../../nlu/hide-personal.ts';
import type { Understand } from '../../nlu/understanding.ts';
import type { AuditAction, AuditLog } from './audit-log.ts';
import type { IntentsAnswer, LearningAnswer } from './desk-api/learning.ts';
import { intentWords } from './desk-words.ts';
import { groupUnclear } from './group-unclear.ts';
import { agentOf, refuse } from './guard.ts';
import { type UnclearMessages, wordsOf } from './unclear-messages.ts';

interface LearningDeps {
  readonly unclear: UnclearMessages;
  readonly views: Pick<ConversationViews, 'messages'>;
  /** As the bot understands now. */
  readonly understand: Understand;
  /** Names of all intents. */
  readonly intents: readonly string[];
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** So many messages are looked through, so many rows of them shown. */
const MESSAGES_READ = 5_000;
const GROUPS_SHOWN = 100;
const DECISIONS_SHOWN = 50;

/** Messages that the bot did not understand: agents point them out, shift leaders say what they mean. */
export function registerLearningRoutes(desk: FastifyInstance, deps: LearningDeps): void {
  const { unclear, views, understand, intents, audit, clock } = deps;
  const intent = z.enum(intents);
  const relabelBody = z.strictObject({
    conversationId: z.string().min(5).max(400),
    seq: z.number().int().positive(),
    intent: intent.exactOptional(),
  });
  const decideBody = z.strictObject({ words: z.string().min(1).max(10_000), intent: intent.exactOptional() });
  const offered = intents
    .map((name) => ({ name, words: intentWords(name) }))
    .sort((a, b) => a.words.localeCompare(b.words, 'vi'));

  desk.get('/desk/api/learning', async (): Promise<LearningAnswer> => {
    const [open, decided] = await Promise.all([unclear.open(MESSAGES_READ), unclear.decisions(DECISIONS_SHOWN)]);
    const groups = groupUnclear(open, { understand, now: clock.now() });
    return { groups: groups.slice(0, GROUPS_SHOWN), hidden: Math.max(0, groups.length - GROUPS_SHOWN), decided };
  });

  desk.get('/desk/api/intents', async (): Promise<IntentsAnswer> => ({ intents: offered }));

  desk.post('/desk/api/learning/decide', async (request, reply) => {
    const body = decideBody.parse(request.body);
    const [open, decided] = await Promise.all([unclear.open(MESSAGES_READ), unclear.decisions(MESSAGES_READ)]);
    const messages = open.filter(({ text }) => wordsOf(text) === body.words);
    const earlier = decided.find(({ words }) => words === body.words);
    const text = messages[0]?.text ?? earlier?.text;
    if (text === undefined) {
      return refuse(reply, 404, { code: 'not_found', message: 'Câu này không còn trong danh sách.' });
    }
    await unclear.decide({
      ...body,
      ...{ text, times: messages.length + (earlier?.times ?? 0) },
      ...{ decidedBy: agentOf(request).name, decidedAt: clock.now() },
    });
    await note(request, body.intent === undefined ? 'dismiss_words' : 'label_words', body.words, body.intent);
    return reply.code(204).send();
  });

  desk.post('/desk/api/relabel', async (request, reply) => {
    const { conversationId, seq, intent: proposed } = relabelBody.parse(request.body);
    const [message] = await views.messages(conversationId, seq - 1, 1);
    const text = message?.seq === seq && message.author === 'customer' ? message.content?.text : undefined;
    if (message === undefined || text === undefined || hasHiddenCode({ text }) || wordsOf(text) === '') {
      return refuse(reply, 404, { code: 'not_found', message: 'Tin này không có lời để bot học.' });
    }
    await unclear.note({
      ...{ conversationId, seq, at: message.at, text: hidePersonal(text), why: 'relabelled' },
      ...(proposed !== undefined && { proposed }),
    });
    await note(request, 'relabel', `${conversationId}/${seq}`, proposed);
    return reply.code(204).send();
  });

  async function note(
    request: FastifyRequest,
    action: AuditAction,
    subject: string,
    reason: string | undefined,
  ): Promise<void> {
    const { id, name } = agentOf(request);
    await audit.append({
      ...{ at: clock.now(), actorId: id, actorName: name, action, subject },
      ...(reason !== undefined && { reason }),
    });
  }
}
