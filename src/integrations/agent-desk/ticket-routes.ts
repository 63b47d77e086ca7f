import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { TellOutcome } from '../../bot/notices/notice.ts';
import type { Clock, TicketStore } from '../../bot/ports.ts';
import type { TellTicketState } from '../notices/tell-ticket-state.ts';
import type { AuditLog } from './audit-log.ts';
import type { TicketStateAnswer } from './desk-api/customer.ts';
import { agentOf, refuse } from './guard.ts';

interface TicketDeps {
  readonly tickets: TicketStore;
  readonly tellTicketState: TellTicketState;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const NOTE_LIMIT = 1_000;
const stateBody = z.strictObject({
  key: z.string().regex(/^[\w-]{8,64}$/),
  number: z.string().min(1).max(40),
  state: z.enum(['open', 'in_progress', 'done']),
  /** How many steps of the history the agent has seen. */
  seen: z.number().int().min(0),
  note: z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1).max(NOTE_LIMIT))
    .exactOptional(),
  tellsCustomer: z.boolean(),
});

/** What the page sends to change the state of a ticket. */
export type TicketStateRequest = z.input<typeof stateBody>;

/** Puts tickets into another state, and tells their customers. The same request again does only what is not done yet. */
export function registerTicketRoutes(desk: FastifyInstance, deps: TicketDeps): void {
  const { tickets, audit, clock } = deps;

  desk.post('/desk/api/ticket-state', async (request, reply) => {
    const { key, number, state, seen, note, tellsCustomer } = stateBody.parse(request.body);
    const { id, name } = agentOf(request);
    const at = clock.now();
    const before = await tickets.ticket(number);
    const change = { key: `${id}/${key}`, at, state, by: { id, name }, ...(note !== undefined && { note }) };
    const result = before === undefined ? 'not_found' : await tickets.change(number, change, seen);
    if (result === 'not_found') {
      return refuse(reply, 404, { code: 'not_found', message: 'Không tìm thấy phiếu này.' });
    }
    if (result === 'stale') {
      const message = 'Phiếu vừa được người khác cập nhật. Hãy xem lại rồi đổi.';
      return refuse(reply, 409, { code: 'stale_ticket', message });
    }
    if (result === 'changed') {
      const entry = {
        at,
        actorId: id,
        actorName: name,
        action: 'change_ticket',
        subject: number,
        reason: state,
      } as const;
      await audit.append(entry);
    }
    const after = await tickets.ticket(number);
    // A repeat finishes what a crash left, unless somebody has gone on since.
    const isOurs = after?.state === state && after.history.length === seen + 1;
    const told = tellsCustomer && after !== undefined && isOurs ? await deps.tellTicketState(after) : [];
    return { state: after?.state ?? state, customer: outcomeOf(told) } satisfies TicketStateAnswer;
  });
}

function outcomeOf(told: readonly TellOutcome[]): TicketStateAnswer['customer'] {
  const deferred = told.find((one) => one.result === 'deferred');
  if (told.some(({ result }) => result === 'told' || result === 'repeat')) {
    return { result: 'told' };
  }
  return deferred === undefined ? { result: 'not_told' } : { result: 'deferred', until: deferred.until };
}
