import type { AgentActResult, PerformAgentAct } from '../../src/bot/agent-act.ts';
import { type ConversationState, NEW_CONVERSATION } from '../../src/bot/conversation.ts';
import { applyMove } from '../../src/bot/handoff.ts';
import type { AgentAct, Message, TrackedMessage } from '../../src/bot/message.ts';
import type {
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
import type { Turn } from '../../src/bot/turn.ts';
import type { Agent, AgentSession, AgentStore } from '../../src/integrations/agent-desk/agent-store.ts';

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
    async pruneSessions(before) {
      const ended = [...sessions.values()].filter((session) => session.expiresAt < before);
      for (const { tokenHash } of ended) {
        sessions.delete(tokenHash);
      }
      return ended.length;
    },
  };
}

/** A message as a test writes it; number, time and epoch are added. */
export type SaidMessage = Partial<TrackedMessage> & Pick<Message, 'author'>;

/** Chains of turns in memory, with everything that the desk needs of them. */
export interface FakeConversations {
  readonly store: ConversationStore;
  readonly views: ConversationViews;
  readonly performAgentAct: PerformAgentAct;
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
  /** Acts that were performed, repeats not counted. */
  readonly acts: readonly AgentAct[];
}

export function createFakeConversations(clock: ManualClock, events: DeskEvents): FakeConversations {
  const chains = new Map<string, Turn[]>();
  const tracked = new Map<string, TrackedMessage[]>();
  const acts: AgentAct[] = [];
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

  const performAgentAct: PerformAgentAct = async (id, act, key) => {
    const head = headOf(id);
    const eventKey = `agent/${id}/${key}`;
    if (head === undefined) {
      return { done: false, reason: 'not_found', holder: 'bot' };
    }
    if (chainOf(id).some((turn) => turn.handles.includes(eventKey))) {
      return { done: true, version: head.version };
    }
    const refusal = refusalOf(act, head.state);
    if (refusal !== undefined) {
      return refusal;
    }
    acts.push(act);
    const turn = { kind: 'agent', act: act.act, handles: [eventKey] } as const;
    if (act.act === 'say') {
      const reply = { kind: 'text', text: act.text } as const;
      const message = { author: 'agent', authorId: act.agentId, authorName: act.agentName, reply } as const;
      return { done: true, version: add(id, { messages: [{ ...message, delivery: 'queued' }], turn }).version };
    }
    const agent = { id: act.agentId, name: act.agentName };
    const { agentId: _a, agentName: _n, waitingSince: _w, handoffReason: _h, ...kept } = head.state;
    const moved = applyMove(head.state, act.act, { now: clock.now(), agent, reason: act.act });
    const added = add(id, { turn, isSilent: true });
    // A move may take fields away, which a change of state cannot.
    chains.set(id, [...chainOf(id).slice(0, -1), { ...added, state: { ...kept, ...moved } }]);
    events.publish({ conversationId: id, version: added.version });
    return { done: true, version: added.version };
  };

  return {
    acts,
    add,
    performAgentAct,
    store: {
      head: async (id) => headOf(id),
      isHandled: async (id, key) => chainOf(id).some((turn) => turn.handles.includes(key)),
      commit: () => Promise.reject(new Error('The desk never commits a turn itself.')),
      turns: async (id, after, limit) =>
        chainOf(id)
          .filter((turn) => turn.version > after)
          .slice(0, limit),
      projectPending: async () => 0,
    },
    views: {
      messages: async (id, after, limit) => (tracked.get(id) ?? []).filter((one) => one.seq > after).slice(0, limit),
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

function refusalOf(act: AgentAct, state: ConversationState): Extract<AgentActResult, { done: false }> | undefined {
  if (state.holder === 'agent' && state.agentId !== act.agentId) {
    const { agentName, holder } = state;
    return { done: false, reason: 'held_by_other', holder, ...(agentName !== undefined && { agentName }) };
  }
  if (act.act === 'claim' || state.holder === 'agent') {
    return undefined;
  }
  return { done: false, reason: state.holder === 'closed' ? 'closed' : 'not_holder', holder: state.holder };
}

/** Customers, bills, outages and tickets in memory. */
export function createFakeRecords(data: {
  readonly customers?: readonly Customer[];
  readonly bills?: readonly Bill[];
  readonly outages?: readonly Outage[];
  readonly tickets?: readonly Ticket[];
}): { readonly customers: CustomerRecords; readonly outages: OutageRecords; readonly tickets: TicketStore } {
  const { customers = [], bills = [], outages = [], tickets = [] } = data;
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
    },
    tickets: {
      open: async () => {},
      ticket: async (number) => tickets.find((ticket) => ticket.number === number),
      tickets: async ({ conversationId, customerCode, limit }) =>
        tickets
          .filter(
            (ticket) =>
              (conversationId !== undefined && ticket.conversationId === conversationId) ||
              (customerCode !== undefined && ticket.customerCode === customerCode),
          )
          .slice(0, limit),
    },
  };
}
