import { EMPTY_DIALOG_STATE } from '../dialogs/dialog.ts';
import type { Reply } from '../dialogs/reply.ts';
import type { ConversationState } from './conversation.ts';
import type { Message } from './message.ts';
import type { Effect, Turn, TurnRequest } from './turn.ts';

/** What stands where somebody's words or data were. */
export const ERASED = '[đã xóa]';

/** A customer code inside the id of a record, for example `PB06010001234/2026-10/1`. */
const CODE_IN_ID = /(?:P[A-Z]|HN)[0-9A-Z]{4}\d{7}/g;

const ERASED_REPLY: Reply = { kind: 'text', text: ERASED };

/**
 * The same turn without what customers said or were told, and without what names them. The chain still reads: who did
 * what and when, what was understood, which records in which version were cited, who held the conversation.
 */
export function redactTurn(turn: Turn, redactedAt: number): Turn {
  return {
    ...turn,
    redactedAt,
    messages: turn.messages.map(redactMessage),
    effects: turn.effects.map(redactEffect),
    ...(turn.note !== undefined && { note: { ...turn.note, text: ERASED } }),
    state: forgetPerson(turn.state),
  };
}

/** The state as for somebody unknown; who holds the conversation stays. */
export function forgetPerson({ customerName: _, ...state }: ConversationState): ConversationState {
  return { ...state, dialogs: EMPTY_DIALOG_STATE, identities: {} };
}

function redactMessage({ authorName, content, reply, provenance, ...message }: Message): Message {
  return {
    ...message,
    ...(authorName !== undefined && message.author !== 'customer' && { authorName }),
    ...(content !== undefined && { content: { text: ERASED } }),
    ...(reply !== undefined && { reply: ERASED_REPLY }),
    ...(provenance !== undefined && {
      provenance: provenance.map((cited) => ({ ...cited, id: cited.id.replace(CODE_IN_ID, ERASED) })),
    }),
  };
}

function redactEffect({ request, ...effect }: Effect): Effect {
  return { ...effect, request: redactRequest(request) };
}

function redactRequest(request: TurnRequest): TurnRequest {
  switch (request.kind) {
    case 'send_otp':
      return { ...request, customerCode: ERASED, phone: ERASED };
    case 'open_ticket': {
      const { number, kind, priority } = request.ticket;
      return { ...request, ticket: { number, kind, priority, summary: ERASED, details: {} } };
    }
    case 'subscribe':
      return { ...request, wish: { ...request.wish, customerCode: ERASED }, words: ERASED };
    case 'unsubscribe':
      return { ...request, wishes: request.wishes.map((wish) => ({ ...wish, customerCode: ERASED })) };
    case 'report_outage': {
      const { kind, isVulnerable } = request.report;
      return { ...request, report: { kind, isVulnerable } };
    }
    case 'erase_data':
      return { kind: request.kind, number: request.number };
    case 'send_notice':
      return { ...request, to: ERASED, reply: ERASED_REPLY };
    case 'keep_media':
      return { ...request, attachment: { kind: request.attachment.kind } };
  }
}
