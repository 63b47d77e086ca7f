import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parseConversationId } from '../../bot/conversation.ts';
import type { Clock } from '../../bot/ports.ts';
import type { AgentRole } from './agent-store.ts';
import type { SearchAnswer } from './desk-api/search.ts';
import { toDeskTicket } from './desk-ticket.ts';
import { excerptOf } from './excerpt.ts';
import { agentOf } from './guard.ts';
import { maskContactsIn, maskCustomer } from './mask.ts';
import type { FoundConversation, SearchIndex } from './search-index.ts';
import { searchWords } from './search-words.ts';

interface SearchDeps {
  readonly search: SearchIndex;
  readonly clock: Clock;
}

/** What is searched stands in the body: addresses are logged, and it may be a name or a phone. */
const searchBody = z.strictObject({ text: z.string().max(200) });
const FOUND_OF_EACH = 20;
const WITHIN_MS = 400;

/** Search over conversations, customers and tickets. */
export function registerSearchRoutes(desk: FastifyInstance, { search, clock }: SearchDeps): void {
  desk.post('/desk/api/search', async (request): Promise<SearchAnswer> => {
    const { text } = searchBody.parse(request.body);
    const { role } = agentOf(request);
    const words = searchWords(text);
    const now = clock.now();
    if (words.length === 0) {
      return { now, conversations: [], customers: [], tickets: [], isComplete: true };
    }
    const found = await search.search({ words, limit: FOUND_OF_EACH, withinMs: WITHIN_MS });
    return {
      now,
      conversations: found.conversations.map((each) => toHit(each, words)),
      // Nobody has verified anybody here: who leads a shift sees whose record it is, others enough to tell records apart.
      customers: found.customers.map((customer) => ({
        customerCode: customer.code,
        customer: maskCustomer(customer, seesNames(role) ? 'verified' : 'code_known'),
      })),
      tickets: found.tickets.map((ticket) => ({
        ...toDeskTicket(ticket),
        ...(ticket.conversationId !== undefined && { conversationId: ticket.conversationId }),
      })),
      isComplete: found.isComplete,
    };
  });
}

function seesNames(role: AgentRole): boolean {
  return role === 'leader' || role === 'admin';
}

function toHit({ conversation, message }: FoundConversation, words: readonly string[]) {
  const { conversationId, holder, agentName, customerName, lastAt } = conversation;
  return {
    conversationId,
    channel: parseConversationId(conversationId).channel,
    holder,
    lastAt,
    ...(agentName !== undefined && { agentName }),
    ...(customerName !== undefined && { customerName }),
    ...(message !== undefined && {
      message: {
        seq: message.seq,
        at: message.at,
        author: message.author,
        excerpt: excerptOf(maskContactsIn(message.text), words),
      },
    }),
  };
}
