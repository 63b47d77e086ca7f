import type { DialogEngine } from '../dialogs/dialog-engine.ts';
import type { RunAction } from '../dialogs/run-action.ts';
import type { Understand } from '../nlu/understanding.ts';
import { createActWithinCap } from './act-within-cap.ts';
import type { PerformAgentAct } from './agent-act-result.ts';
import { createPerformAgentAct } from './agent-reply.ts';
import type { RetryPolicy } from './attempt-outcome.ts';
import type { ChannelAdapter } from './channel-adapter.ts';
import { type CostLimits, limitActions, noLimits } from './cost-limits.ts';
import { type FindCrisisAnswers, noCrisisAnswers } from './crisis/crisis-answers.ts';
import type { EffectHandlers } from './effect-handlers.ts';
import { createEmergencyWithoutStore } from './emergency-without-store.ts';
import { createTimerSweep } from './fire-timers.ts';
import { createHandleTurn, type HandleTurn, type TurnOutcome, type TurnPolicy } from './handle-turn.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type {
  AgentSlots,
  Clock,
  ConversationStore,
  DeliveryLedger,
  DeskEvents,
  EventInbox,
  EventSpool,
  Ids,
  Staffing,
  WorkLedger,
} from './ports.ts';
import { createRenewWords, type FindNewerWords } from './renew-words.ts';
import { createSlotRepair } from './repair-slots.ts';
import { createEffectRunner, type EffectRunner } from './run-effects.ts';
import type { SendDeps } from './send-attempt.ts';
import { createSuggestReply, type SuggestReply } from './suggest-reply.ts';
import { createTellOfCrowd } from './tell-of-crowd.ts';
import { channelFacts, noTrace, type Trace, traceParts } from './trace.ts';

export interface BotDeps {
  readonly understand: Understand;
  readonly engine: DialogEngine;
  readonly runAction: RunAction;
  readonly effects: EffectHandlers;
  readonly store: ConversationStore;
  readonly inbox: EventInbox;
  readonly spool: EventSpool;
  readonly deliveries: DeliveryLedger;
  readonly work: WorkLedger;
  /** Whether other processes work on the same rows. */
  readonly sharesStore?: boolean;
  readonly events: DeskEvents;
  /** By channel; may be filled after the bot is created, because adapters need its inbox. */
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly agentSlots: AgentSlots;
  readonly staffing: Staffing;
  readonly fence?: SendDeps['fence'];
  readonly onAttempt?: SendDeps['onAttempt'];
  readonly holdNotice?: SendDeps['holdNotice'];
  /** Looks whether a message that is about to go out is still true; absent: nothing is looked at again. */
  readonly findNewerWords?: FindNewerWords;
  readonly policy: BotPolicy;
  /** What one customer may have only so often; absent: nothing is counted. */
  readonly limits?: CostLimits;
  /** What is said before the answer while a crisis message is in force; absent: there are none. */
  readonly findCrisisAnswers?: FindCrisisAnswers;
  /** Watches messages pass; absent: nobody does. */
  readonly trace?: Trace;
  readonly log: { error(details: object, message: string): void };
}

export interface BotPolicy extends TurnPolicy {
  readonly retry: RetryPolicy;
  /** An event that no turn names after so long is taken up by the sweep, ms. */
  readonly unhandledAfterMs: number;
  /** An attempt that has not ended after so long is decided by the sweep, ms: longer than any send may take. */
  readonly attemptLostAfterMs: number;
  /** The most conversations that an agent of the desk holds. */
  readonly agentCap: number;
  /** Inbound events that one process holds in memory; further ones wait in the database. */
  readonly mostInHand: number;
}

export interface Bot {
  readonly receive: Inbox['receive'];
  readonly load: Inbox['load'];
  readonly performAgentAct: PerformAgentAct;
  readonly retryMessage: Outbox['retry'];
  readonly suggestReply: SuggestReply;
  /** Takes up what the last process left; call once, before anything comes in. */
  recover(): Promise<void>;
  /** One round of every sweep: unhandled events, due timers, retries, effects, lost attempts, pending projections. */
  sweep(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

const PROJECTED_AT_ONCE = 200;

/** Puts the pipeline together: inbox → handle-turn → outbox and effects. */
export function createBot({
  trace = noTrace,
  limits = noLimits,
  findCrisisAnswers = noCrisisAnswers,
  ...parts
}: BotDeps): Bot {
  const deps = { ...parts, ...traceParts(parts, trace), trace };
  const { clock, policy } = deps;
  const { findNewerWords } = parts;
  const renewWords =
    findNewerWords && createRenewWords({ ...deps, findNewerWords, receive: (event) => inbox.receive(event) });
  const outbox = createOutbox({ ...deps, ...policy, renewWords, ledger: deps.deliveries });
  const effects = createEffectRunner({
    ...deps,
    ledger: deps.work,
    handlers: deps.effects,
    claimedForMs: policy.attemptLostAfterMs,
  });
  const runAction = limitActions(deps.runAction, limits);
  const { firstAttempt } = outbox;
  const handleTurn = createHandleTurn({ ...deps, runAction, limits, findCrisisAnswers, firstAttempt });
  const handle: HandleTurn = (event, place) =>
    trace.during(
      'handle_turn',
      () => handleTurn(event, place),
      ({ result }) => ({ ...channelFacts(event.conversationId), result }),
    );
  const onTurn = (outcome: TurnOutcome) => wakeAfter(outcome, outbox, effects, deps.events);
  const inbox: Inbox = createInbox({
    ...deps,
    events: deps.inbox,
    handle,
    keepsArrivals: deps.store.commitArrival !== undefined,
    onTurn,
    onSpooled: createEmergencyWithoutStore(deps),
    mostInHand: policy.mostInHand,
    isUrgent: ({ content }) =>
      content.kind === 'customer_message' &&
      content.text !== undefined &&
      deps.understand(content.text, { now: clock.now() }).emergency,
    onPutAside: createTellOfCrowd(deps),
  });
  const perform = createPerformAgentAct({ handle, store: deps.store, onTurn, clock });
  const slots = { slots: deps.agentSlots, store: deps.store, clock };
  const repairSlots = createSlotRepair(slots);
  const fireTimers = createTimerSweep({ ledger: deps.work, receive: inbox.receive, clock });

  async function sweep(unhandledAfterMs: number, attemptLostAfterMs: number): Promise<void> {
    await deps.store.projectPending(PROJECTED_AT_ONCE);
    await inbox.sweep(unhandledAfterMs);
    await fireTimers();
    await outbox.recover(attemptLostAfterMs);
    await outbox.sweep();
    await effects.sweep();
    await repairSlots();
  }

  const sweepNow = () => sweep(policy.unhandledAfterMs, policy.attemptLostAfterMs);

  return {
    receive: inbox.receive,
    load: inbox.load,
    retryMessage: outbox.retry,
    suggestReply: createSuggestReply(deps),
    performAgentAct: createActWithinCap({ ...slots, perform, cap: policy.agentCap }),
    // Nothing of this process is under way yet: what is unfinished was left by an earlier one, unless others work here.
    recover: () => (deps.sharesStore === true ? sweepNow() : sweep(-1, -1)),
    sweep: sweepNow,
    async idle() {
      await inbox.idle();
      await effects.idle();
      await outbox.idle();
    },
  };
}

function wakeAfter(outcome: TurnOutcome, outbox: Outbox, effects: EffectRunner, events: DeskEvents): void {
  if (outcome.result !== 'committed') {
    return;
  }
  const { conversationId, version, effects: asked } = outcome.turn;
  events.publish({ conversationId, version });
  outbox.take(outcome.turn, outcome.attempt);
  if (asked.length > 0) {
    effects.wake(conversationId, asked);
  }
}
