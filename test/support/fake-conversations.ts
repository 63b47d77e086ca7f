import { createActWithinCap } from '../../src/bot/act-within-cap.ts';
import type { AgentAct } from '../../src/bot/agent-act.ts';
import type { PerformAgentAct } from '../../src/bot/agent-act-result.ts';
import { createPerformAgentAct } from '../../src/bot/agent-reply.ts';
import type { ConversationState } from '../../src/bot/conversation.ts';
import { NEW_CONVERSATION } from '../../src/bot/conversation.ts';
import { noLimits } from '../../src/bot/cost-limits.ts';
import { noCrisisAnswers } from '../../src/bot/crisis/crisis-answers.ts';
import type { TurnOutcome } from '../../src/bot/handle-turn.ts';
import { createHandleTurn } from '../../src/bot/handle-turn.ts';
import type { InboundEvent, Message, TrackedMessage } from '../../src/bot/message.ts';
import type {
  Attempt,
  ConversationStore,
  ConversationSummary,
  ConversationViews,
  DeliveryLedger,
  DeskEvents,
} from '../../src/bot/ports.ts';
import { summarize } from '../../src/bot/summary.ts';
import type { Turn } from '../../src/bot/turn.ts';
import { createFakeEngine, fakeUnderstand } from './fake-engine.ts';
import { createFakeSlots } from './fake-slots.ts';
import type { ManualClock } from './manual-clock.ts';

/** A message as a test writes it; number, time and epoch are added. */
export type SaidMessage = Partial<TrackedMessage> & Pick<Message, 'author'>;

/** Chains of turns in memory, with everything that the desk needs of them. */
export interface FakeConversations {
  readonly store: ConversationStore;
  readonly views: ConversationViews;
  readonly performAgentAct: PerformAgentAct;
  /** The inbox of the bot, without its waiting. */
  receive(event: InboundEvent): Promise<void>;
  readonly deliveries: Pick<DeliveryLedger, 'open'>;
  /** Adds a turn with these messages and this change of state; wakes the desk up unless told not to. */
  add(
    conversationId: string,
    change: {
      readonly messages?: readonly SaidMessage[];
      readonly state?: Partial<ConversationState>;
      readonly turn?: Partial<Turn>;
      readonly isSilent?: boolean;
    },
  ): Turn;
  setDelivery(conversationId: string, seq: number, change: Pick<TrackedMessage, 'delivery' | 'failure'>): void;
  setOpenAttempts(attempts: readonly Attempt[]): void;
  /** Messages that were tried again. */
  readonly retried: readonly number[];
  retryMessage(conversationId: string, seq: number): Promise<boolean>;
  /** Acts that were performed, repeats not counted. */
  readonly acts: readonly AgentAct[];
}

export function createFakeConversations(
  clock: ManualClock,
  events: DeskEvents,
  engine = createFakeEngine(),
): FakeConversations {
  const chains = new Map<string, Turn[]>();
  const tracked = new Map<string, TrackedMessage[]>();
  const acts: AgentAct[] = [];
  const retried: number[] = [];
  let open: readonly Attempt[] = [];
  const chainOf = (id: string) => chains.get(id) ?? [];
  const headOf = (id: string) => chainOf(id).at(-1);

  const summaryOf = (head: Turn): ConversationSummary => {
    const said = chainOf(head.conversationId).findLast((turn) => summarize(turn).lastText !== undefined);
    return { lastText: '', ...(said && summarize(said)), ...summarize({ ...head, messages: [] }) };
  };

  const add: FakeConversations['add'] = (id, { messages = [], state = {}, turn = {}, isSilent = false }) => {
    const before = headOf(id)?.state ?? NEW_CONVERSATION;
    const version = chainOf(id).length + 1;
    const epoch = state.epoch ?? before.epoch;
    const numbered = messages.map(
      (message, index): TrackedMessage => ({
        ...{ conversationId: id, version, epoch, at: clock.now() },
        seq: before.messageSeq + index + 1,
        direction: message.author === 'customer' ? 'in' : 'out',
        ...(message.author !== 'customer' && { delivery: 'delivered' as const }),
        ...message,
      }),
    );
    const added: Turn = {
      ...{ conversationId: id, version, id: `${id}/${version}`, kind: 'customer', at: clock.now() },
      ...{ handles: [`event/${id}/${version}`], effects: [], timers: [], contentVersion: 'c1' },
      ...turn,
      messages: numbered,
      state: { ...before, ...state, messageSeq: before.messageSeq + numbered.length },
    };
    chains.set(id, [...chainOf(id), added]);
    tracked.set(id, [...(tracked.get(id) ?? []), ...numbered]);
    if (!isSilent) {
      events.publish({ conversationId: id, version });
    }
    return added;
  };

  const store: ConversationStore = {
    head: async (id) => headOf(id),
    isHandled: async (id, key) => chainOf(id).some((turn) => turn.handles.includes(key)),
    async commit(turn) {
      if (turn.version !== chainOf(turn.conversationId).length + 1) {
        return 'version_taken';
      }
      chains.set(turn.conversationId, [...chainOf(turn.conversationId), turn]);
      const fresh = turn.messages.map(
        (message): TrackedMessage => ({
          ...{ ...message, conversationId: turn.conversationId, version: turn.version },
          ...(message.direction === 'out' && { delivery: 'queued' as const }),
        }),
      );
      tracked.set(turn.conversationId, [...(tracked.get(turn.conversationId) ?? []), ...fresh]);
      return 'committed';
    },
    turns: async (id, after, limit) =>
      chainOf(id)
        .filter((turn) => turn.version > after)
        .slice(0, limit),
    projectPending: async () => 0,
  };
  const slots = createFakeSlots();
  let ids = 0;
  const next = () => `turn-${++ids}`;
  const handle = createHandleTurn({
    ...{ store, clock, understand: fakeUnderstand, engine },
    runAction: async () => ({ outcome: 'found' }),
    ids: { next, ticketNumber: (prefix) => `${prefix}261122-${++ids}` },
    policy: { queueWaitMs: 180_000, identityIdleMs: {} },
    agentSlots: slots,
    staffing: { look: async () => ({ agents: 1, waiting: 0 }) },
    limits: noLimits,
    findCrisisAnswers: noCrisisAnswers,
    log: { error: (details) => Promise.reject(new Error(JSON.stringify(details))) },
  });
  function wake(outcome: TurnOutcome): void {
    if (outcome.result === 'committed') {
      events.publish({ conversationId: outcome.turn.conversationId, version: outcome.turn.version });
    }
  }
  const perform = createActWithinCap({
    ...{ slots, store, clock, cap: 6 },
    perform: createPerformAgentAct({ handle, store, onTurn: wake, clock }),
  });
  const performAgentAct: PerformAgentAct = async (id, act, key) => {
    const before = headOf(id)?.version;
    const result = await perform(id, act, key);
    if (result.done && result.version !== before) {
      acts.push(act);
    }
    return result;
  };

  return {
    acts,
    retried,
    async retryMessage(id, seq) {
      const message = (tracked.get(id) ?? []).find((one) => one.seq === seq);
      const isOver = message?.delivery === 'failed' || message?.delivery === 'uncertain';
      if (isOver) {
        retried.push(seq);
      }
      return isOver;
    },
    add,
    performAgentAct,
    store,
    receive: async (event) => wake(await handle(event)),
    views: {
      messages: async (id, after, limit) => (tracked.get(id) ?? []).filter((one) => one.seq > after).slice(0, limit),
      notes: async (id, limit) =>
        chainOf(id)
          .flatMap(({ note, version, at, state }) =>
            note ? [{ ...note, version, at, afterSeq: state.messageSeq }] : [],
          )
          .slice(-limit),
      async list({ holders, agentId, limit }) {
        return [...chains.values()]
          .flatMap((chain) => chain.at(-1) ?? [])
          .filter(({ state }) => holders.includes(state.holder) && (agentId === undefined || state.agentId === agentId))
          .map(summaryOf)
          .sort((a, b) => b.lastAt - a.lastAt)
          .slice(0, limit);
      },
      open: async () =>
        [...chains.values()]
          .flatMap((chain) => chain.at(-1) ?? [])
          .filter(({ state }) => state.holder === 'queue' || state.holder === 'agent')
          .map((head) => summarize({ ...head, messages: [] })),
      unseenDangers: async (since, limit) =>
        [...chains.values()]
          .flatMap((chain) => chain.at(-1) ?? [])
          .filter(({ at, state }) => state.holder === 'bot' && state.emergencyAt !== undefined && at >= since)
          .filter(({ state }) => state.alarmSeenBy === undefined)
          .map(summaryOf)
          .slice(0, limit),
      movedSince: async (at) =>
        [...chains.values()]
          .flatMap((chain) => chain.at(-1) ?? [])
          .filter((head) => head.at >= at)
          .map(({ conversationId, version }) => ({ conversationId, version })),
      summaries: async (ids) => ids.flatMap((id) => headOf(id) ?? []).map(summaryOf),
    },
    deliveries: { open: async ({ conversationId }) => open.filter((one) => one.conversationId === conversationId) },
    setDelivery(id, seq, change) {
      tracked.set(
        id,
        (tracked.get(id) ?? []).map((message) => (message.seq === seq ? { ...message, ...change } : message)),
      );
      events.publish({ conversationId: id, version: 0 });
    },
    setOpenAttempts(attempts) {
      open = attempts;
    },
  };
}
