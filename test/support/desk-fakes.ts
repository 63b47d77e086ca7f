import type { AgentAct } from '../../src/bot/agent-act.ts';
import type { PerformAgentAct } from '../../src/bot/agent-act-result.ts';
import { createPerformAgentAct } from '../../src/bot/agent-reply.ts';
import { createActWithinCap } from '../../src/bot/agent-slot.ts';
import { type ConversationState, NEW_CONVERSATION } from '../../src/bot/conversation.ts';
import { noLimits } from '../../src/bot/cost-limits.ts';
import { createHandleTurn, type TurnOutcome } from '../../src/bot/handle-turn.ts';
import type { InboundEvent, Message, TrackedMessage } from '../../src/bot/message.ts';
import type {
  AgentSlot,
  AgentSlots,
  Attempt,
  ConversationStore,
  ConversationViews,
  CustomerRecords,
  DeliveryLedger,
  DeskEvents,
  OutageRecords,
  TicketStore,
  Wakeup,
} from '../../src/bot/ports.ts';
import type { Bill, Customer, Outage, Ticket } from '../../src/bot/records.ts';
import { summarize } from '../../src/bot/summary.ts';
import { refusalOfChange, type TicketChange, withChanges } from '../../src/bot/ticket-history.ts';
import type { Turn } from '../../src/bot/turn.ts';
import type { Agent, AgentPresence, AgentSession, AgentStore } from '../../src/integrations/agent-desk/agent-store.ts';
import type { AuditEntry, AuditLog } from '../../src/integrations/agent-desk/audit-log.ts';
import type { CannedChange, CannedChanges } from '../../src/integrations/agent-desk/canned-answers.ts';
import { createFakeEngine, fakeUnderstand } from './fake-engine.ts';

/** A clock that stands still until it is moved. */
export interface ManualClock {
  now(): number;
  advance(ms: number): void;
}

export function createManualClock(start = Date.UTC(2026, 10, 22, 3, 0, 0)): ManualClock {
  let now = start;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

export function createFakeEvents(): DeskEvents {
  const listeners = new Set<(wakeup: Wakeup) => void>();
  return {
    publish(wakeup) {
      for (const listener of listeners) {
        listener(wakeup);
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Agents and sessions in memory. */
export function createFakeAgentStore(): AgentStore {
  const agents = new Map<string, Agent>();
  const sessions = new Map<string, AgentSession>();
  const leases = new Map<string, number>();
  const presences = new Map<string, AgentPresence>();
  const byLogin = (login: string) => [...agents.values()].find((agent) => agent.login === login);
  return {
    agentByLogin: async (login) => byLogin(login),
    agents: async () => [...agents.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    async addAgent(agent) {
      if (byLogin(agent.login) !== undefined) {
        return 'login_taken';
      }
      agents.set(agent.id, agent);
      return 'added';
    },
    async changePassword(agentId, passwordHash) {
      const agent = agents.get(agentId);
      if (agent !== undefined) {
        agents.set(agentId, { ...agent, passwordHash });
      }
      for (const session of sessions.values()) {
        if (session.agentId === agentId) {
          sessions.delete(session.tokenHash);
        }
      }
    },
    async startSession(session) {
      sessions.set(session.tokenHash, session);
    },
    async session(tokenHash) {
      const session = sessions.get(tokenHash);
      const agent = session && agents.get(session.agentId);
      return session && agent && { session, agent };
    },
    async touchSession(tokenHash, seenAt) {
      const session = sessions.get(tokenHash);
      if (session !== undefined) {
        sessions.set(tokenHash, { ...session, seenAt: Math.max(session.seenAt, seenAt) });
      }
    },
    async endSession(tokenHash) {
      sessions.delete(tokenHash);
    },
    async endSessionsOf(agentId) {
      for (const session of sessions.values()) {
        if (session.agentId === agentId) {
          sessions.delete(session.tokenHash);
        }
      }
    },
    async renewLease(tokenHash, until) {
      if (sessions.has(tokenHash)) {
        leases.set(tokenHash, Math.max(until, leases.get(tokenHash) ?? 0));
      }
    },
    agentsWithLease: async (now) =>
      new Set([...sessions.values()].flatMap((one) => ((leases.get(one.tokenHash) ?? 0) > now ? [one.agentId] : []))),
    async setStatus(agentId, status, at) {
      presences.set(agentId, { workedAt: at, ...presences.get(agentId), agentId, status, since: at });
    },
    async noteWork(agentId, at) {
      const known = presences.get(agentId) ?? { agentId, status: 'available', since: at, workedAt: at };
      presences.set(agentId, { ...known, workedAt: Math.max(at, known.workedAt) });
    },
    presences: async () => [...presences.values()],
    async pruneSessions(before) {
      const ended = [...sessions.values()].filter((session) => session.expiresAt < before);
      for (const { tokenHash } of ended) {
        sessions.delete(tokenHash);
      }
      return ended.length;
    },
  };
}

/** Changes of ready answers in memory. */
export function createFakeCanned(): CannedChanges {
  const changes = new Map<string, CannedChange>();
  return {
    cannedChanges: async () => [...changes.values()],
    async changeCanned(change) {
      changes.set(change.id, change);
    },
  };
}

/** An audit log in memory. */
export function createFakeAudit(): AuditLog {
  const entries: AuditEntry[] = [];
  return {
    append: async (entry) => void entries.push(entry),
    entries: async ({ limit, before }) =>
      entries
        .map((entry, index) => ({ id: String(index), ...entry }))
        .filter((_, index) => before === undefined || index < Number(before))
        .reverse()
        .slice(0, limit),
  };
}

/** Slots in memory. */
export function createFakeSlots(): AgentSlots {
  const rows = new Map<string, AgentSlot>();
  return {
    async take(slot, limit) {
      const isFull = [...rows.values()].filter(({ agentId }) => agentId === slot.agentId).length >= limit;
      if (rows.has(slot.token) || isFull) {
        return rows.has(slot.token);
      }
      rows.set(slot.token, slot);
      return true;
    },
    async free(token) {
      rows.delete(token);
    },
    taken: async (before, limit) =>
      [...rows.values()]
        .filter(({ at }) => at < before)
        .sort((a, b) => a.at - b.at)
        .slice(0, limit),
  };
}

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
          .map((head) => {
            const said = chainOf(head.conversationId).findLast((turn) => summarize(turn).lastText !== undefined);
            return { lastText: '', ...(said && summarize(said)), ...summarize({ ...head, messages: [] }) };
          })
          .sort((a, b) => b.lastAt - a.lastAt)
          .slice(0, limit);
      },
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

/** Customers, bills, outages and tickets in memory. */
export function createFakeRecords(data: {
  readonly customers?: readonly Customer[];
  readonly bills?: readonly Bill[];
  readonly outages?: readonly Outage[];
  readonly tickets?: readonly Ticket[];
}): { readonly customers: CustomerRecords; readonly outages: OutageRecords; readonly tickets: TicketStore } {
  const { customers = [], bills = [], outages = [], tickets: opened = [] } = data;
  const changes = new Map<string, readonly TicketChange[]>();
  const changesOf = (number: string) => changes.get(number) ?? [];
  const tickets = () => opened.map((ticket) => withChanges(ticket, changesOf(ticket.number)));
  return {
    customers: {
      customer: async (code) => customers.find((customer) => customer.code === code),
      customersByPhone: async (phone) => customers.filter((customer) => customer.phone === phone),
      bills: async (code, { limit }) =>
        bills
          .filter((bill) => bill.customerCode === code)
          .sort((a, b) => (a.month < b.month ? 1 : -1))
          .slice(0, limit),
      payments: async () => [],
    },
    outages: {
      forCustomer: async (customer, { from, to }) =>
        outages.filter((one) => one.unit === customer.unit && one.from < to && (one.to ?? to) > from),
      forPlace: async () => [],
      planned: async () => [],
    },
    tickets: {
      open: async () => {},
      ticket: async (number) => tickets().find((ticket) => ticket.number === number),
      async change(number, change, seen) {
        const ticket = opened.find((one) => one.number === number);
        const refusal = ticket && refusalOfChange(ticket, changesOf(number), { key: change.key, seen });
        if (ticket !== undefined && refusal === undefined) {
          changes.set(number, [...changesOf(number), change]);
        }
        return ticket === undefined ? 'not_found' : (refusal ?? 'changed');
      },
      tickets: async ({ conversationId, customerCode, limit }) =>
        tickets()
          .filter(
            (ticket) =>
              (conversationId !== undefined && ticket.conversationId === conversationId) ||
              (customerCode !== undefined && ticket.customerCode === customerCode),
          )
          .slice(0, limit),
    },
  };
}
