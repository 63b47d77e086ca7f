import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { AgentActResult, PerformAgentAct } from '../../bot/agent-act.ts';
import { agentEventKey } from '../../bot/agent-reply.ts';
import type { AgentAct } from '../../bot/message.ts';
import type { ConversationStore } from '../../bot/ports.ts';
import type { Turn } from '../../bot/turn.ts';
import type { Agent } from './agent-store.ts';
import type { ActAnswer, ActName, ActRequest, DeskRefusal } from './desk-api.ts';
import { agentOf, refuse } from './guard.ts';
import { heldSince, recentTurns } from './read-conversation.ts';

interface ActDeps {
  readonly performAgentAct: PerformAgentAct;
  readonly store: ConversationStore;
}

const ACTS: readonly ActName[] = ['claim', 'say', 'release', 'requeue', 'close'];
const TEXT_LIMIT = 2_000;

const words = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1).max(max));
const plainBody = z.strictObject({
  conversationId: z.string().min(5).max(400),
  key: z.string().regex(/^[\w-]{8,64}$/),
});
const BODIES: Record<ActName, z.ZodType<ActRequest>> = {
  claim: plainBody,
  release: plainBody,
  close: plainBody,
  requeue: plainBody,
  say: plainBody.extend({
    text: words(TEXT_LIMIT),
    seenSeq: z.number().int().min(0),
    force: z.boolean().default(false),
  }),
};

/** Everything that an agent does to a conversation: each is a turn of its chain. */
export function registerActRoutes(desk: FastifyInstance, { performAgentAct, store }: ActDeps): void {
  for (const name of ACTS) {
    desk.post(`/desk/api/acts/${name}`, async (request, reply) => {
      const body = BODIES[name].parse(request.body);
      const agent = agentOf(request);
      const key = `${agent.id}/${body.key}`;
      if (name === 'say' && !body.force) {
        const refusal = await staleScreen(body, agent, key);
        if (refusal !== undefined) {
          return refuse(reply, 409, refusal);
        }
      }
      const result = await performAgentAct(body.conversationId, toAct(name, body, agent), key);
      return result.done ? ({ version: result.version } satisfies ActAnswer) : lost(reply, result, body.conversationId);
    });
  }

  /** Something newer than the agent's screen stands in the conversation, and it is not the agent's own. */
  async function staleScreen(body: ActRequest, agent: Agent, key: string): Promise<DeskRefusal | undefined> {
    const head = await store.head(body.conversationId);
    const seenSeq = body.seenSeq ?? 0;
    if (head === undefined || head.state.messageSeq <= seenSeq) {
      return undefined;
    }
    // From the chain: the message list may be a moment behind it.
    const messages = (await recentTurns(store, head)).flatMap((turn) => turn.messages);
    const isStale = messages.some(
      ({ seq, author, authorId }) =>
        seq > seenSeq && (author === 'customer' || (author === 'agent' && authorId !== agent.id)),
    );
    // A reply that is sent again because its answer was lost is already there: it is not stale.
    return isStale && !(await store.isHandled(body.conversationId, agentEventKey(body.conversationId, key)))
      ? { code: 'stale_screen', message: 'Có tin mới kể từ lúc anh/chị bắt đầu gửi. Xem tin mới trước, hoặc vẫn gửi.' }
      : undefined;
  }

  async function lost(
    reply: FastifyReply,
    result: Extract<AgentActResult, { done: false }>,
    conversationId: string,
  ): Promise<FastifyReply> {
    const head = result.reason === 'held_by_other' ? await store.head(conversationId) : undefined;
    const message = await refusalWords(result, head);
    return refuse(reply, result.reason === 'not_found' ? 404 : 409, { code: result.reason, message });
  }

  async function refusalWords(
    result: Extract<AgentActResult, { done: false }>,
    head: Turn | undefined,
  ): Promise<string> {
    switch (result.reason) {
      case 'held_by_other': {
        const since = head?.state.holder === 'agent' ? await heldSince(store, head) : undefined;
        const when = since === undefined ? 'trước đó' : `lúc ${clockTime(since)}`;
        return `${result.agentName ?? 'Nhân viên khác'} đã nhận cuộc này ${when}.`;
      }
      case 'not_holder':
        return 'Anh/chị chưa giữ cuộc này. Hãy nhận cuộc trước.';
      case 'closed':
        return 'Cuộc này đã đóng.';
      case 'not_found':
        return 'Không tìm thấy cuộc trò chuyện này.';
    }
  }
}

function toAct(act: ActName, { text }: ActRequest, agent: Agent): AgentAct {
  const who = { agentId: agent.id, agentName: agent.name };
  switch (act) {
    case 'say':
      return { act, ...who, text: text ?? '' };
    default:
      return { act, ...who };
  }
}

const TIME = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' });

function clockTime(at: number): string {
  return TIME.format(at);
}
