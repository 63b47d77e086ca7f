import type { Understanding } from '../nlu/understanding.ts';
import {
  type DialogFrame,
  type DialogState,
  type ExitTaken,
  HANDOFF,
  type PendingRequest,
  type Topic,
} from './dialog.ts';
import type { AdvanceResult, HandoffRequest } from './dialog-engine.ts';
import { addressed, type FormsOfAddress } from './forms-of-address.ts';
import type { Identity } from './identity.ts';
import { eachOnce, type Provenance } from './provenance.ts';
import { mapWords, type Reply } from './reply.ts';
import type { EffectRequest, Slots } from './run-action.ts';
import type { SentCode } from './sent-code.ts';
import { isPrivate } from './slots.ts';

/** The turn being made. It lives inside one call of the engine, so the steps may write to it. */
export interface TurnDraft {
  readonly stack: DialogFrame[];
  known: Slots;
  misses: number;
  readonly before: DialogState;
  readonly understanding: Understanding;
  /** Said before the replies, and not repeated with them. */
  readonly preface: Reply[];
  readonly replies: Reply[];
  readonly effects: EffectRequest[];
  readonly identities: Record<string, Identity>;
  readonly provenance: Provenance[];
  readonly path: ExitTaken[];
  readonly failures: { readonly action: string; readonly error: unknown }[];
  handoff?: HandoffRequest;
  pending: PendingRequest | undefined;
  ended: DialogFrame | undefined;
  topic: Topic | undefined;
  sentCode: SentCode | undefined;
  missed: boolean;
  redact: boolean;
  /** The next words are a repetition: they keep what "nhắc lại" repeats. */
  isRepeat: boolean;
  /** The message spoke of a new danger: it is not the answer to the open question. */
  isWarned: boolean;
  /** The message told something, and did not answer the open question. */
  hasTold: boolean;
  /** The message is the one-time code once more, though it has done its work. */
  isProvedAgain: boolean;
  /** What stands before the message was told by the service itself. */
  readonly isAfterNotice: boolean;
  forms: FormsOfAddress;
  hasHeardAnger: boolean;
}

export function beginTurn(before: DialogState, understanding: Understanding, isAfterNotice = false): TurnDraft {
  return {
    stack: [...before.stack],
    known: before.known,
    misses: before.misses,
    before,
    understanding,
    preface: [],
    replies: [],
    effects: [],
    identities: {},
    provenance: [],
    path: [],
    failures: [],
    pending: before.pending,
    ended: before.ended,
    topic: before.topic,
    sentCode: before.sentCode,
    missed: false,
    redact: false,
    isRepeat: false,
    isWarned: false,
    hasTold: false,
    isProvedAgain: false,
    isAfterNotice,
    forms: before.forms ?? {},
    hasHeardAnger: before.hasHeardAnger === true,
  };
}

/** The frame on top; a program error when nothing is open. */
export function topFrame(turn: TurnDraft): DialogFrame {
  const frame = turn.stack.at(-1);
  if (frame === undefined) {
    throw new Error('No dialog is open.');
  }
  return frame;
}

export function replaceTop(turn: TurnDraft, changes: Partial<DialogFrame>): void {
  turn.stack[turn.stack.length - 1] = { ...topFrame(turn), ...changes };
}

export function stateAfter(turn: TurnDraft): DialogState {
  const keepsLast = turn.isRepeat || turn.replies.length === 0;
  const provenance = keepsLast ? (turn.before.lastProvenance ?? []) : eachOnce(turn.provenance);
  return {
    stack: turn.stack.map(withoutPrivate),
    known: turn.known,
    misses: turn.misses,
    lastReplies: keepsLast ? turn.before.lastReplies : turn.replies.map(inForm(turn)),
    ...(provenance.length > 0 && { lastProvenance: provenance }),
    ...(turn.pending === undefined ? {} : { pending: turn.pending }),
    ...(turn.ended === undefined ? {} : { ended: withoutPrivate(turn.ended) }),
    ...(turn.topic && { topic: turn.topic }),
    ...(turn.sentCode && { sentCode: { ...turn.sentCode, asking: turn.sentCode.asking.map(withoutPrivate) } }),
    ...(Object.keys(turn.forms).length > 0 && { forms: turn.forms }),
    ...(turn.hasHeardAnger && { hasHeardAnger: true }),
  };
}

/** Everything that this turn says, as it is said to this customer. */
export function saidIn(turn: TurnDraft): readonly Reply[] {
  return [...turn.preface, ...turn.replies].map(inForm(turn));
}

function inForm({ forms }: TurnDraft): (reply: Reply) => Reply {
  return (reply) => mapWords(reply, (words) => addressed(words, forms));
}

export function finishTurn(turn: TurnDraft): AdvanceResult {
  return {
    state: stateAfter(turn),
    replies: saidIn(turn),
    effects: turn.effects,
    identities: turn.identities,
    provenance: eachOnce(turn.provenance),
    ...(turn.handoff === undefined ? {} : { handoff: turn.handoff }),
    missed: turn.missed,
    redactUtterance: turn.redact,
    path: turn.path,
    failures: turn.failures,
  };
}

function withoutPrivate(frame: DialogFrame): DialogFrame {
  const slots = Object.fromEntries(Object.entries(frame.slots).filter(([slot]) => !isPrivate(slot)));
  return { ...frame, slots };
}

/** Asks for a human, and remembers which node did. */
export function requestHandoff(turn: TurnDraft, reason: HandoffRequest['reason'], from: string): void {
  turn.handoff ??= { reason, from: from === '' ? HANDOFF : from };
}
