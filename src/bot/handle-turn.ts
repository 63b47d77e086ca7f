import type { DialogEngine } from '../dialogs/dialog-engine.ts';
import type { RunAction } from '../dialogs/run-action.ts';
import type { Understand } from '../nlu/understanding.ts';
import { type AgentRefusal, agentTurn } from './agent-turn.ts';
import type { CostLimits } from './cost-limits.ts';
import type { FindCrisisAnswers } from './crisis/crisis-answers.ts';
import { customerTurn, faultTurn } from './customer-turn.ts';
import { dataErasedTurn, dataHeldTurn, withdrawalTurn } from './erasure-turn.ts';
import { lateTurn } from './late-turn.ts';
import { leaseTurn } from './lease-turn.ts';
import type { InboundEvent } from './message.ts';
import { noticeTurn } from './notice-turn.ts';
import { outsideNoticeTurn, outsideTurn } from './outside-agent-turn.ts';
import type { AgentSlots, Attempt, Clock, ConversationStore, Ids, Staffing } from './ports.ts';
import { ratingTurn } from './rating-turn.ts';
import { timerTurn } from './timer-turn.ts';
import type { Turn } from './turn.ts';
import type { TurnDraft } from './turn-draft.ts';

export interface TurnDeps {
  readonly store: ConversationStore;
  readonly understand: Understand;
  readonly engine: DialogEngine;
  readonly runAction: RunAction;
  readonly limits: CostLimits;
  readonly findCrisisAnswers: FindCrisisAnswers;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly policy: TurnPolicy;
  readonly log: TurnLog;
  readonly agentSlots: Pick<AgentSlots, 'free'>;
  readonly staffing: Staffing;
  /** The attempt at sending that may begin together with this turn. */
  readonly firstAttempt?: (turn: Turn) => Attempt | undefined;
}

export interface TurnLog {
  error(details: object, message: string): void;
}

/** Figures that the operator may choose. */
export interface TurnPolicy {
  /** How long a customer waits before being told that nobody has come yet, ms; again after twice that time, and so on. */
  readonly queueWaitMs: number;
  /** Results of conversations after which the customer is not asked how it was; none when not given. */
  readonly unratedWrapUps?: readonly string[];
  /** By channel: verification ends after so many idle ms. Channels not named keep it as long as the action granted. */
  readonly identityIdleMs: Readonly<Record<string, number>>;
  /** How long a human in a tool of the channel keeps the conversation after his last words, ms; an hour when not set. */
  readonly outsideHoldMs?: number;
}

export type TurnOutcome =
  | {
      readonly result: 'committed';
      readonly turn: Turn;
      /** The attempt to send a message of it that has begun with it. */
      readonly attempt?: Attempt | undefined;
    }
  /** The event is named by an earlier turn. */
  | { readonly result: 'repeat' }
  /** An agent's act that the table of moves does not allow: no turn was made. */
  | { readonly result: 'refused'; readonly refusal: AgentRefusal };

export type HandleTurn = (event: InboundEvent, place?: EventPlace) => Promise<TurnOutcome>;

/** Somebody else's turn can win again and again only while others make progress; more than this is a fault. */
const MOST_RUNS = 50;

/** Where the event is: `stored` under its key, or only just arrived and kept together with its turn. */
export type EventPlace = 'stored' | 'arriving';

/**
 * Handles one event in exactly one turn: head → (emergency lane, held by an agent) → understand → advance → one insert.
 * Runs again when another turn took the version. Throws only when the store fails: the caller tries again later.
 */
export function createHandleTurn(deps: TurnDeps): HandleTurn {
  const { commitArrival } = deps.store;

  return async (event, place = 'stored') => {
    const keepsEvent = place === 'arriving' && commitArrival !== undefined;
    const commit = (turn: Turn, begin: Attempt | undefined) =>
      keepsEvent ? commitArrival(event.key, turn, begin) : deps.store.commit(turn, begin);
    for (let run = 0; run < MOST_RUNS; run += 1) {
      const head = await deps.store.head(event.conversationId);
      // The write that keeps an event tells by itself whether it is a repeat.
      if (!keepsEvent && head !== undefined && (await deps.store.isHandled(event.conversationId, event.key))) {
        return { result: 'repeat' };
      }
      const draft = await draftTurn(deps, event, head);
      if ('refused' in draft) {
        return { result: 'refused', refusal: draft.refused };
      }
      const turn = draft.finish(deps.ids.next());
      const attempt = deps.store.beginsAttempts === true ? deps.firstAttempt?.(turn) : undefined;
      const result = await commit(turn, attempt);
      if (result === 'committed') {
        await freeSlot(deps, head?.state.slot, turn);
        return { result, turn, attempt };
      }
      if (result === 'repeat') {
        return { result };
      }
    }
    throw new Error(`Gave up on ${event.key.split('/')[0]} event after ${MOST_RUNS} runs: another writer never rests.`);
  };
}

/** The conversation has left an agent: there is room at his desk again. */
async function freeSlot({ agentSlots, log }: TurnDeps, slot: string | undefined, turn: Turn): Promise<void> {
  if (slot !== undefined && slot !== turn.state.slot) {
    // The turn is committed whatever happens here; the repair frees what stays behind.
    await agentSlots.free(slot).catch((error: unknown) => log.error({ error }, 'A slot of an agent was not freed.'));
  }
}

async function draftTurn(
  deps: TurnDeps,
  event: InboundEvent,
  head: Turn | undefined,
): Promise<TurnDraft | { readonly refused: AgentRefusal }> {
  switch (event.content.kind) {
    case 'customer_message': {
      const { content } = event;
      const rating = ratingTurn(deps, event, content, head);
      if (rating !== undefined) {
        return rating;
      }
      return customerTurn(deps, event, content, head).catch((error: unknown) => {
        // Our own fault. The customer must not pay for it: apology, and a human.
        deps.log.error({ error }, 'A customer turn failed; the conversation goes to the queue.');
        return faultTurn(deps, event, content, head);
      });
    }
    case 'timer':
      return timerTurn(deps, event, event.content, head);
    case 'agent_act':
      return agentTurn(deps, event, event.content, head);
    case 'lease_lapsed':
      return leaseTurn(deps, event, event.content, head);
    case 'outside_agent':
      return outsideTurn(deps, event, event.content, head);
    case 'outside_notice':
      return outsideNoticeTurn(deps, event, event.content, head);
    case 'late_message':
      return lateTurn(deps, event, event.content, head);
    case 'withdrawal':
      return withdrawalTurn(deps, event, head);
    case 'data_erased':
      return dataErasedTurn(deps, event, event.content, head);
    case 'data_held':
      return dataHeldTurn(deps, event, event.content, head);
    case 'notice':
      return noticeTurn(deps, event, event.content, head);
  }
}
