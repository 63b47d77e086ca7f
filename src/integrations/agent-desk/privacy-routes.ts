import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ERASURE_PREFIX } from '../../bot/erasure-turn.ts';
import { type Erasure, type Erasures, NOTHING_ERASED, type WrittenRequest } from '../../bot/erasures.ts';
import type { LegalHold, LegalHolds } from '../../bot/personal-data.ts';
import type { Clock, ConversationStore, CustomerRecords, Ids } from '../../bot/ports.ts';
import type { ExportLinks } from '../privacy/export-links.ts';
import { type HeldDeps, isErasureHeld } from '../privacy/held-conversations.ts';
import type { AuditAction, AuditLog } from './audit-log.ts';
import { type CustomerMark, withoutCode } from './customer-mark.ts';
import type { EraseAnswer, ErasureAnswer, ExportAnswer, HoldAnswer, PrivacyAnswer } from './desk-api/privacy.ts';
import { REQUEST_WAY_WORDS } from './desk-words.ts';
import { agentOf, refuse } from './guard.ts';
import { maskCode, maskContactsIn } from './mask.ts';

export interface PrivacyRouteDeps {
  readonly holds: LegalHolds;
  readonly erasures: Pick<Erasures, 'open' | 'recent'>;
  readonly redaction: HeldDeps['redaction'];
  readonly addresses: HeldDeps['addresses'];
  readonly adapters: HeldDeps['adapters'];
  readonly accounts: HeldDeps['accounts'];
  readonly exportLinks: Pick<ExportLinks, 'linkTo'>;
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly store: Pick<ConversationStore, 'head'>;
  readonly audit: AuditLog;
  readonly markCustomer: CustomerMark;
  readonly ids: Ids;
  readonly clock: Clock;
}

/** Begins the number of an export. */
const EXPORT_PREFIX = 'XK';
const MOST_SHOWN = 50;
/** A hold for longer is placed anew: somebody looks whether it is still needed. */
const LONGEST_MS = 5 * 366 * 86_400_000;

const words = (least: number, most: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(least).max(most));
const code = z
  .string()
  .transform((text) => text.replaceAll(/\s/g, '').toUpperCase())
  .pipe(z.string().min(5).max(20));
const hold = z.strictObject({
  kind: z.enum(['customer', 'conversation']),
  subject: words(5, 400),
  reason: words(3, 500),
  reference: words(3, 200),
  until: z.number().int().positive(),
});
const lift = z.strictObject({ id: z.string().min(1).max(100), reason: words(3, 500) });
const personRequest = z.strictObject({
  customerCode: code,
  way: z.enum(['letter', 'email', 'phone', 'office']),
  reference: words(3, 200),
  proof: words(3, 500),
});

/** What the data officer does: legal holds, and requests of people that came past the chat. */
export function registerPrivacyRoutes(desk: FastifyInstance, deps: PrivacyRouteDeps): void {
  const { holds, erasures, clock } = deps;

  desk.get('/desk/api/privacy', async (): Promise<PrivacyAnswer> => {
    const now = clock.now();
    const [inForce, recent] = await Promise.all([holds.inForce(now), erasures.recent(MOST_SHOWN)]);
    return { now, holds: inForce.map(shownHold), erasures: recent.map(shownErasure) };
  });

  desk.post('/desk/api/privacy/hold', async (request, reply) => {
    const given = hold.parse(request.body);
    const now = clock.now();
    if (given.until <= now || given.until > now + LONGEST_MS) {
      const message = 'Ngày hết hạn phải sau hôm nay và không quá 5 năm.';
      return refuse(reply, 400, { code: 'bad_until', message });
    }
    const subject = subjectOf(given.kind, given.subject);
    if (!(await isKnown(subject))) {
      return unknown(reply);
    }
    const { id: byId, name: byName } = agentOf(request);
    const { reason, reference, until } = given;
    const placed: LegalHold = { ...{ id: deps.ids.next(), subject, reason, reference }, byId, byName, at: now, until };
    // Written down first: a hold of which nobody knows why it is there could not be lifted with a good conscience.
    await note(request, 'place_hold', subjectWords(subject), `${reference} · ${reason}`);
    await holds.put(placed);
    return shownHold(placed);
  });

  desk.post('/desk/api/privacy/lift', async (request, reply) => {
    const given = lift.parse(request.body);
    const now = clock.now();
    const found = (await holds.inForce(now)).find(({ id }) => id === given.id);
    if (found === undefined) {
      return refuse(reply, 409, { code: 'ended', message: 'Lệnh giữ này đã hết hạn hoặc đã được gỡ.' });
    }
    await note(request, 'lift_hold', subjectWords(found.subject), given.reason);
    await holds.put({ ...found, until: now });
    return reply.code(204).send();
  });

  desk.post('/desk/api/privacy/erase', async (request, reply) => {
    const { customerCode, written } = readRequest(request.body);
    if (!(await isKnown({ kind: 'customer', customerCode }))) {
      return unknown(reply);
    }
    const now = clock.now();
    const number = deps.ids.ticketNumber(ERASURE_PREFIX, now);
    const isHeld = await isErasureHeld(deps, { customerCode }, now);
    await noteRequest(request, 'erase_person', number, customerCode, written);
    await erasures.open({
      ...{ number, state: isHeld ? 'held' : 'open', askedAt: now, customerCode, erased: NOTHING_ERASED },
      ...{ by: { kind: 'agent', agentId: agentOf(request).id }, request: written },
    });
    return { number, isHeld } satisfies EraseAnswer;
  });

  desk.post('/desk/api/privacy/export', async (request, reply) => {
    const { customerCode, written } = readRequest(request.body);
    if (!(await isKnown({ kind: 'customer', customerCode }))) {
      return unknown(reply);
    }
    const now = clock.now();
    const number = deps.ids.ticketNumber(EXPORT_PREFIX, now);
    await noteRequest(request, 'export_person', number, customerCode, written);
    return { number, ...deps.exportLinks.linkTo({ customerCode }, now) } satisfies ExportAnswer;
  });

  const subjectWords = (subject: LegalHold['subject']) =>
    subject.kind === 'customer' ? deps.markCustomer(subject.customerCode) : subject.conversationId;

  /** Somebody who is in no records and has never written is most likely a slip of the pen. */
  async function isKnown(subject: LegalHold['subject']): Promise<boolean> {
    if (subject.kind === 'conversation') {
      return (await deps.store.head(subject.conversationId)) !== undefined;
    }
    const { customerCode } = subject;
    const isInRecords = (await deps.customers.customer(customerCode)) !== undefined;
    return isInRecords || (await deps.redaction.conversationsWith(customerCode)).length > 0;
  }

  async function note(request: FastifyRequest, action: AuditAction, subject: string, reason: string): Promise<void> {
    const { id: actorId, name: actorName } = agentOf(request);
    await deps.audit.append({ at: clock.now(), actorId, actorName, action, subject, reason });
  }

  function noteRequest(
    request: FastifyRequest,
    action: AuditAction,
    number: string,
    customerCode: string,
    { way, reference, proof }: WrittenRequest,
  ): Promise<void> {
    const reason = `${number} · ${REQUEST_WAY_WORDS[way]} ${reference} · xác minh: ${proof}`;
    return note(request, action, deps.markCustomer(customerCode), reason);
  }
}

/** The notes are kept when all else is gone: they must not name whom it was about. */
function readRequest(body: unknown): { readonly customerCode: string; readonly written: WrittenRequest } {
  const { customerCode, way, reference, proof } = personRequest.parse(body);
  const cleaned = (text: string) => maskContactsIn(withoutCode(text, customerCode));
  return { customerCode, written: { way, reference: cleaned(reference), proof: cleaned(proof) } };
}

function subjectOf(kind: HoldAnswer['kind'], subject: string): LegalHold['subject'] {
  return kind === 'customer' ? { kind, customerCode: code.parse(subject) } : { kind, conversationId: subject };
}

function shownHold({ id, subject, reason, reference, byName, at, until }: LegalHold): HoldAnswer {
  return {
    ...{ id, kind: subject.kind, reason, byName, at, until },
    subject: subject.kind === 'customer' ? maskCode(subject.customerCode) : subject.conversationId,
    ...(reference !== undefined && { reference }),
  };
}

function shownErasure({ number, state, askedAt, doneAt, request, by, customerCode, erased }: Erasure): ErasureAnswer {
  return {
    ...{ number, state, askedAt, erased, by: by.kind },
    ...(doneAt !== undefined && { doneAt }),
    ...(request !== undefined && { request }),
    ...(customerCode !== undefined && { customerCode: maskCode(customerCode) }),
  };
}

function unknown(reply: FastifyReply): FastifyReply {
  const message = 'Hệ thống không giữ dữ liệu nào của mã hoặc cuộc này. Kiểm tra lại xem có gõ nhầm không.';
  return refuse(reply, 404, { code: 'not_found', message });
}
