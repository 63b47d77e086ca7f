import { hasFigure } from '../dialogs/has-figure.ts';
import type { Provenance } from '../dialogs/provenance.ts';
import type { Reply } from '../dialogs/reply.ts';
import type { AgentAct } from './agent-act.ts';
import { type ConversationState, NEW_CONVERSATION } from './conversation.ts';
import {
  type Author,
  type CustomerContent,
  type InboundEvent,
  isFile,
  type Message,
  type TimerKind,
} from './message.ts';
import type { Rating } from './rating.ts';
import {
  type Effect,
  effectKey,
  type PrivateNote,
  type Timer,
  type Turn,
  type TurnRequest,
  type UnderstandingRecord,
} from './turn.ts';

/** A turn in the making: collects messages, effects and timers, and numbers them. */
export interface TurnDraft {
  readonly now: number;
  /** The state so far; `update` replaces it. */
  readonly state: ConversationState;
  update(change: Partial<ConversationState>): void;
  replace(state: ConversationState): void;
  /** Takes down what the customer said, and asks for the files that came with it. */
  hear(content: CustomerContent): void;
  say(replies: readonly Reply[], by: Speaker): void;
  effect(request: TurnRequest): void;
  timer(kind: TimerKind, due: number): void;
  /** Notes that the bot did not know what to make of the message. */
  miss(): void;
  /** Notes what the customer thinks of a closed conversation. */
  rate(rating: Rating): void;
  note(note: PrivateNote): void;
  finish(id: string): Turn;
}

export interface Speaker {
  readonly author: Exclude<Author, 'customer'>;
  readonly authorId?: string;
  readonly authorName?: string;
  readonly isSafety?: boolean;
  readonly isDelivered?: boolean;
  readonly provenance?: readonly Provenance[];
}

export interface DraftOptions {
  readonly event: InboundEvent;
  readonly head: Turn | undefined;
  readonly kind: Turn['kind'];
  /** UTC ms. */
  readonly now: number;
  readonly contentVersion: string;
  readonly act?: AgentAct;
}

/** More attachments in one message are no customer's. */
const MOST_FILES = 20;

/** Starts the turn that follows `head`. Its time never runs behind the turn before it. */
export function createTurnDraft(options: DraftOptions & { understanding?: UnderstandingRecord }): TurnDraft {
  const { event, head, kind } = options;
  const { conversationId } = event;
  const version = (head?.version ?? 0) + 1;
  const now = Math.max(options.now, head?.at ?? 0);
  const messages: Message[] = [];
  const effects: Effect[] = [];
  const timers: Timer[] = [];
  let missed = false;
  let rated: Rating | undefined;
  let note: PrivateNote | undefined;
  let state = head?.state ?? NEW_CONVERSATION;

  function add(message: Omit<Message, 'seq' | 'at' | 'epoch'>): void {
    state = { ...state, messageSeq: state.messageSeq + 1 };
    messages.push({ seq: state.messageSeq, at: now, epoch: state.epoch, ...message });
  }

  function effect(request: TurnRequest): void {
    effects.push({ key: effectKey(conversationId, version, effects.length + 1), conversationId, at: now, request });
  }

  return {
    now,
    get state() {
      return state;
    },
    update(change) {
      state = { ...state, ...change };
    },
    replace(next) {
      state = next;
    },
    hear(content) {
      add({ direction: 'in', author: 'customer', authorId: event.key, content });
      (content.attachments ?? []).slice(0, MOST_FILES).forEach((attachment, index) => {
        if (isFile(attachment)) {
          effect({ kind: 'keep_media', seq: state.messageSeq, number: index + 1, attachment });
        }
      });
    },
    say(replies, { provenance, ...by }) {
      const cited = provenance?.map((one) => ({ ...one, contentVersion: options.contentVersion })) ?? [];
      const hasAny = replies.some(hasFigure);
      replies.forEach((reply, index) => {
        const cites = cited.length > 0 && (hasAny ? hasFigure(reply) : index === replies.length - 1);
        add({ direction: 'out', ...by, reply, ...(cites && { provenance: cited }) });
      });
    },
    effect,
    timer(timerKind, due) {
      timers.push({ kind: timerKind, due, epoch: state.epoch });
    },
    miss() {
      missed = true;
    },
    rate(rating) {
      rated = rating;
    },
    note(words) {
      note = words;
    },
    finish: (id) => ({
      conversationId,
      version,
      id,
      kind,
      at: now,
      handles: [event.key],
      messages,
      effects,
      timers,
      contentVersion: options.contentVersion,
      ...(options.understanding !== undefined && { understanding: options.understanding }),
      ...(options.act !== undefined && actRecord(options.act)),
      ...(note !== undefined && { note }),
      ...(missed && { missed }),
      ...(rated !== undefined && { rating: rated }),
      state,
    }),
  };
}

function actRecord(act: AgentAct): Pick<Turn, 'act' | 'actor' | 'wrapUp'> {
  return {
    act: act.act,
    actor: { id: act.agentId, name: act.agentName },
    ...(act.act === 'close' && { wrapUp: act.wrapUp }),
  };
}
