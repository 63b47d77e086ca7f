import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CrisisRecords } from '../../bot/crisis/crisis-records.ts';
import type { Clock, ConversationStore } from '../../bot/ports.ts';
import type { SuggestReply } from '../../bot/suggest-reply.ts';
import type { AuditAction, AuditLog } from './audit-log.ts';
import {
  CANNED_ID,
  CANNED_TEXT_LIMIT,
  CANNED_TITLE_LIMIT,
  type CannedChanges,
  crisisAnswers,
  loadCannedAnswers,
  offeredAnswers,
} from './canned-answers.ts';
import type { CannedAnswers, RetryAnswer, SuggestionAnswer } from './desk-api/conversation.ts';
import { agentOf, refuse } from './guard.ts';

interface WritingDeps {
  readonly store: Pick<ConversationStore, 'head' | 'turns'>;
  readonly canned: CannedChanges;
  readonly crises: Pick<CrisisRecords, 'crisesInForce'>;
  readonly audit: AuditLog;
  readonly suggestReply: SuggestReply;
  readonly retryMessage: (conversationId: string, seq: number) => Promise<boolean>;
  readonly clock: Clock;
}

const conversationId = z.string().min(5).max(400);
const suggestionQuery = z.object({ id: conversationId });
const retryBody = z.strictObject({ conversationId, seq: z.number().int().positive() });
const line = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1).max(max));
const cannedBody = z.strictObject({
  id: z.string().regex(CANNED_ID),
  title: line(CANNED_TITLE_LIMIT),
  text: line(CANNED_TEXT_LIMIT),
  isRemoved: z.boolean().default(false),
});

/** What helps an agent to write: ready answers, what the bot would say, and trying again what did not go out. */
export function registerWritingRoutes(desk: FastifyInstance, deps: WritingDeps): void {
  const { store, canned, crises, suggestReply, retryMessage, clock } = deps;
  const given = loadCannedAnswers();

  desk.get('/desk/api/canned', async (): Promise<CannedAnswers> => {
    return { answers: await offered() };
  });

  desk.post('/desk/api/canned', async (request): Promise<CannedAnswers> => {
    const change = cannedBody.parse(request.body);
    await canned.changeCanned({ ...change, changedBy: agentOf(request).id, changedAt: clock.now() });
    await note(request, 'change_canned', change.id);
    return { answers: await offered() };
  });

  desk.get('/desk/api/suggestion', async (request): Promise<SuggestionAnswer> => {
    const { id } = suggestionQuery.parse(request.query);
    const state = (await store.head(id))?.state;
    const isOwn = state?.holder === 'agent' && state.agentId === agentOf(request).id;
    const text = isOwn ? await suggestReply(id) : undefined;
    return { seq: state?.messageSeq ?? 0, ...(text !== undefined && { text }) };
  });

  desk.post('/desk/api/retry', async (request, reply) => {
    const { conversationId: id, seq } = retryBody.parse(request.body);
    const state = (await store.head(id))?.state;
    if (state?.holder !== 'agent' || state.agentId !== agentOf(request).id) {
      const message = 'Anh/chị chưa giữ cuộc này. Hãy nhận cuộc trước.';
      return refuse(reply, 409, { code: 'not_holder', message });
    }
    if (!(await isAgentsMessage(id, seq)) || !(await retryMessage(id, seq))) {
      return refuse(reply, 409, { code: 'nothing_to_retry', message: 'Tin này không cần gửi lại.' });
    }
    await note(request, 'retry', `${id}/${seq}`);
    return { seq } satisfies RetryAnswer;
  });

  /** What everybody must know now stands first. */
  async function offered(): Promise<CannedAnswers['answers']> {
    const [inForce, changes] = await Promise.all([crises.crisesInForce(clock.now()), canned.cannedChanges()]);
    return [...crisisAnswers(inForce), ...offeredAnswers(given, changes)];
  }

  async function note(request: FastifyRequest, action: AuditAction, subject: string): Promise<void> {
    const { id, name } = agentOf(request);
    await deps.audit.append({ at: clock.now(), actorId: id, actorName: name, action, subject });
  }

  /** Words of the bot from before a take-over are not for an agent to send again. */
  async function isAgentsMessage(id: string, seq: number): Promise<boolean> {
    const head = await store.head(id);
    const turns =
      head === undefined ? [] : await store.turns(id, Math.max(0, head.version - TURNS_LOOKED_AT), TURNS_LOOKED_AT);
    return turns.some(({ messages }) => messages.some((one) => one.seq === seq && one.author === 'agent'));
  }
}

const TURNS_LOOKED_AT = 200;
