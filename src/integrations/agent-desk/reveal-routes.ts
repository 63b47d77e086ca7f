import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Clock, ConversationStore, CustomerRecords } from '../../bot/ports.ts';
import type { AuditLog } from './audit-log.ts';
import { type CustomerMark, withoutCode } from './customer-mark.ts';
import type { RevealAnswer } from './desk-api/customer.ts';
import type { AuditAnswer } from './desk-api/shift.ts';
import { emailGiven } from './email-given.ts';
import { agentOf, refuse } from './guard.ts';
import { maskContactsIn } from './mask.ts';
import { knownIdentities } from './read-conversation.ts';

interface RevealDeps {
  readonly audit: AuditLog;
  readonly store: Pick<ConversationStore, 'head'>;
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly markCustomer: CustomerMark;
  readonly clock: Clock;
}

const revealBody = z.strictObject({
  conversationId: z.string().min(5).max(400),
  customerCode: z.string().max(20),
  field: z.enum(['name', 'phone', 'address', 'email']),
  reason: z.string().trim().min(3).max(200),
});
const auditQuery = z.object({ before: z.string().max(64).optional() });
const ENTRIES_SHOWN = 100;

/** Shows a masked value whole, after it has been written down who asked for it and why; and what was written down. */
export function registerRevealRoutes(desk: FastifyInstance, deps: RevealDeps): void {
  const { audit, store, customers, markCustomer, clock } = deps;

  desk.post('/desk/api/reveal', async (request, reply) => {
    const { conversationId, customerCode, field, reason } = revealBody.parse(request.body);
    const agent = agentOf(request);
    const state = (await store.head(conversationId))?.state;
    const isOwn = state?.holder === 'agent' && state.agentId === agent.id;
    if (state === undefined || !isOwn) {
      const message = 'Chỉ xem được khi anh/chị đang giữ cuộc này.';
      return refuse(reply, 409, { code: 'not_holder', message });
    }
    const isKnown = knownIdentities(state, clock.now()).some((identity) => identity.customerCode === customerCode);
    const given = field === 'email' ? emailGiven(state) : undefined;
    const value = isKnown ? (given ?? (await customers.customer(customerCode))?.[field]) : undefined;
    if (value === undefined) {
      return refuse(reply, 404, { code: 'not_found', message: 'Không có thông tin này trong hồ sơ.' });
    }
    // Written down first: what cannot be written down is not shown.
    await audit.append({
      ...{ at: clock.now(), actorId: agent.id, actorName: agent.name },
      ...{ action: `reveal_${field}`, subject: markCustomer(customerCode) },
      reason: maskContactsIn(withoutCode(reason, customerCode)),
    });
    return { value } satisfies RevealAnswer;
  });

  desk.get('/desk/api/audit', async (request): Promise<AuditAnswer> => {
    const { before } = auditQuery.parse(request.query);
    // One more than is shown tells whether there are older ones.
    const found = await audit.entries({ limit: ENTRIES_SHOWN + 1, ...(before !== undefined && { before }) });
    return { entries: found.slice(0, ENTRIES_SHOWN), hasEarlier: found.length > ENTRIES_SHOWN };
  });
}
