import type { ConversationState, Holder } from './conversation.ts';

/** Everything that can change who holds a conversation. */
export type Move =
  | 'handoff'
  | 'claim'
  | 'relieve'
  | 'release'
  | 'requeue'
  | 'close'
  | 'customer_returns'
  | 'customer_leaves_queue';

interface MoveRule {
  readonly from: readonly Holder[];
  readonly to: Holder;
  readonly by: 'bot' | 'agent' | 'customer';
}

/** The table of allowed moves: what is not here cannot happen. */
export const MOVES: Readonly<Record<Move, MoveRule>> = {
  handoff: { from: ['bot'], to: 'queue', by: 'bot' },
  claim: { from: ['bot', 'queue', 'closed'], to: 'agent', by: 'agent' },
  // From a human in a tool of the channel to an agent of the desk; among agents of the desk nobody takes anything.
  relieve: { from: ['agent'], to: 'agent', by: 'agent' },
  release: { from: ['agent'], to: 'bot', by: 'agent' },
  requeue: { from: ['agent'], to: 'queue', by: 'agent' },
  close: { from: ['agent'], to: 'closed', by: 'agent' },
  customer_returns: { from: ['closed'], to: 'bot', by: 'customer' },
  customer_leaves_queue: { from: ['queue'], to: 'bot', by: 'customer' },
};

export interface MoveContext {
  /** UTC ms. */
  readonly now: number;
  /** Set for `claim`. */
  readonly agent?: { readonly id: string; readonly name: string };
  /** Set for `handoff`. */
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
      };
    case 'agent':
      return {
        ...next,
        takeoverEpoch: epoch,
        ...(context.agent !== undefined && { agentId: context.agent.id, agentName: context.agent.name }),
        ...(waitingSince !== undefined && { waitingSince }),
        ...(handoffReason !== undefined && { handoffReason }),
      };
    case 'bot':
    case 'closed':
      return { ...next, priority: 'normal' };
  }
}

/** Whether a message of the bot may still be sent: not when a human has taken over since it was computed. */
export function mayStillSend(
  message: { readonly author: string; readonly epoch: number; readonly isSafety?: boolean },
  head: Pick<ConversationState, 'takeoverEpoch'>,
): boolean {
  return message.author !== 'bot' || message.isSafety === true || message.epoch >= head.takeoverEpoch;
}
