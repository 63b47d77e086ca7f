import type { Colleague } from './colleague.ts';
import type { ConversationState, Holder } from './conversation.ts';

/** Everything that can change who holds a conversation. */
export type Move =
  | 'handoff'
  | 'claim'
  | 'relieve'
  | 'assign'
  | 'reassign'
  | 'transfer'
  | 'release'
  | 'answer'
  | 'requeue'
  | 'lapse'
  | 'take_back'
  | 'outside_ends'
  | 'close'
  | 'customer_returns';

interface MoveRule {
  readonly from: readonly Holder[];
  readonly to: Holder;
  /** `desk`: the desk itself, when it hands out what waits or an agent is gone. */
  readonly by: 'bot' | 'agent' | 'leader' | 'customer' | 'desk' | 'outside';
  /** The notice that the customer gets; none where the move says enough or is no business of theirs. */
  readonly tells?: string;
}

/** The table of allowed moves: what is not here cannot happen. */
export const MOVES: Readonly<Record<Move, MoveRule>> = {
  handoff: { from: ['bot'], to: 'queue', by: 'bot' },
  claim: { from: ['bot', 'queue', 'closed'], to: 'agent', by: 'agent', tells: 'agent-joined' },
  // From a human in a tool of the channel to an agent of the desk; among agents of the desk nobody takes anything.
  relieve: { from: ['agent'], to: 'agent', by: 'agent', tells: 'agent-joined' },
  assign: { from: ['queue'], to: 'agent', by: 'desk', tells: 'agent-joined' },
  reassign: { from: ['bot', 'queue', 'agent'], to: 'agent', by: 'leader', tells: 'agent-joined' },
  transfer: { from: ['agent'], to: 'agent', by: 'agent', tells: 'agent-joined' },
  release: { from: ['agent'], to: 'bot', by: 'agent', tells: 'agent-left' },
  // Answered together with others who wait about the same incident: nobody takes it over.
  answer: { from: ['queue'], to: 'bot', by: 'agent' },
  requeue: { from: ['agent'], to: 'queue', by: 'agent', tells: 'passed-to-queue' },
  lapse: { from: ['agent'], to: 'queue', by: 'desk', tells: 'returned-to-queue' },
  take_back: { from: ['agent'], to: 'queue', by: 'leader', tells: 'passed-to-queue' },
  outside_ends: { from: ['agent'], to: 'bot', by: 'outside' },
  close: { from: ['agent'], to: 'closed', by: 'agent', tells: 'conversation-closed' },
  customer_returns: { from: ['closed'], to: 'bot', by: 'customer' },
};

export interface MoveContext {
  /** UTC ms. */
  readonly now: number;
  /** Who holds it afterwards, for the moves that lead to an agent. */
  readonly agent?: Colleague;
  /** The slot that it takes at the desk of `agent`. */
  readonly slot?: string;
  /** Why it waits, for the moves that lead to the queue. */
  readonly reason?: string;
}

export function isAllowed(move: Move, from: Holder): boolean {
  return MOVES[move].from.includes(from);
}

/**
 * The state after a move: a new holder and a new epoch. A conversation that waits again keeps the time since when
 * it waits. Throws when the table does not allow the move: callers ask `isAllowed` first.
 */
export function applyMove(state: ConversationState, move: Move, context: MoveContext): ConversationState {
  if (!isAllowed(move, state.holder)) {
    throw new Error(`The move ${move} is not allowed from ${state.holder}: see MOVES in handoff.ts.`);
  }
  const {
    agentId: _agentId,
    agentName: _agentName,
    outsideUntil: _outsideUntil,
    snoozedUntil: _snoozedUntil,
    isReturned: _isReturned,
    promisedAt: _promisedAt,
    slot: _slot,
    waitingSince,
    handoffReason,
    ...kept
  } = state;
  const holder = MOVES[move].to;
  const epoch = state.epoch + 1;
  const next: ConversationState = { ...kept, holder, epoch };
  switch (holder) {
    case 'queue':
      return {
        ...next,
        waitingSince: waitingSince ?? context.now,
        handoffReason: context.reason ?? handoffReason ?? move,
        // Those who had an agent already stand before those who had none yet.
        ...((move === 'lapse' || move === 'take_back') && { isReturned: true }),
      };
    case 'agent':
      return {
        ...next,
        takeoverEpoch: epoch,
        ...(context.agent !== undefined && { agentId: context.agent.id, agentName: context.agent.name }),
        ...(context.slot !== undefined && { slot: context.slot }),
        ...(waitingSince !== undefined && { waitingSince }),
        ...(handoffReason !== undefined && { handoffReason }),
      };
    case 'bot':
      return isUnseenAlarm(next) ? next : withoutAlarm(next);
    case 'closed':
      return withoutAlarm(next);
  }
}

/** Danger that no human has seen stays danger, whoever has the conversation next. */
function isUnseenAlarm({ emergencyAt, alarmSeenBy }: ConversationState): boolean {
  return emergencyAt !== undefined && alarmSeenBy === undefined;
}

function withoutAlarm({ emergencyAt: _at, alarmSeenBy: _seenBy, ...state }: ConversationState): ConversationState {
  return { ...state, priority: 'normal' };
}

/** Whether a message of the bot may still be sent: not when a human has taken over since it was computed. */
export function mayStillSend(
  message: { readonly author: string; readonly epoch: number; readonly isSafety?: boolean },
  head: Pick<ConversationState, 'takeoverEpoch'>,
): boolean {
  return message.author !== 'bot' || message.isSafety === true || message.epoch >= head.takeoverEpoch;
}
