import type { ConversationState } from './conversation.ts';
import type { KeptMedia, MediaKey, MediaOutcome, MediaRecord } from './media.ts';
import type { ConversationId, DeliveryState, InboundEvent, TimerKind, TrackedMessage } from './message.ts';
import type { Rating } from './rating.ts';
import type { Bill, Customer, Outage, Payment, PlannedOutage, Ticket } from './records.ts';
import type { TicketChange, TicketCorrection } from './ticket-history.ts';
import type { Effect, PrivateNote, Turn } from './turn.ts';

export interface Clock {
  /** UTC milliseconds. */
  now(): number;
}

export interface Ids {
  /** Unique and roughly sortable by time; safe in a URL. */
  next(): string;
  /** A short number to read out on the phone, for example `SC261122-4K7Q2MXR`. */
  ticketNumber(prefix: string, now: number): string;
}

/** Wake-ups for whoever shows conversations: they carry no content, so losing one only delays. */
export interface DeskEvents {
  publish(wakeup: Wakeup): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (wakeup: Wakeup) => void): () => void;
}

export interface Wakeup {
  readonly conversationId: ConversationId;
  readonly version: number;
}

/** Where inbound events wait until a turn names them. */
export interface EventInbox {
  /** Durable when it resolves. `repeat`: an event with this key is there already. */
  receive(event: InboundEvent): Promise<'stored' | 'repeat'>;
  /** Events received before `before` that no turn names, oldest first by conversation and order key. */
  unhandled(query: { readonly before: number; readonly limit: number }): Promise<readonly InboundEvent[]>;
  /** Forgets handled events received before that time, but those of these conversations; returns how many. */
  prune(before: number, except?: readonly ConversationId[]): Promise<number>;
}

/** A local file for events that the database could not take. */
export interface EventSpool {
  /** On the disk when it resolves. */
  append(event: InboundEvent): Promise<void>;
  /** Hands every spooled event to `store`, in order, and forgets those that it took; stops at the first that it refuses. */
  drain(store: (event: InboundEvent) => Promise<void>): Promise<void>;
}

/** The chain of turns. What must be atomic is one unique insert. */
export interface ConversationStore {
  /** The newest turn; `undefined` for a conversation that does not exist yet. */
  head(conversationId: ConversationId): Promise<Turn | undefined>;
  /** Whether a committed turn of this conversation names the event. Ask after reading the head. */
  isHandled(conversationId: ConversationId, eventKey: string): Promise<boolean>;
  /**
   * Inserts the turn. `version_taken`: somebody else's turn has this version, so read the head and run again.
   * Our own insert, answered late, is told by its id and counts as committed. `begin`: where `beginsAttempts` is set,
   * this attempt to send a message of the turn has begun when the turn is committed.
   */
  commit(turn: Turn, begin?: Attempt): Promise<'committed' | 'version_taken'>;
  /**
   * Keeps an event that has just arrived and commits the turn that handles it: both or neither, durable when it
   * resolves. `repeat`: an event with this key is there already. Absent where one atomic write cannot do both; then
   * the event is received first and its turn follows.
   */
  commitArrival?(eventKey: string, turn: Turn, begin?: Attempt): Promise<'committed' | 'version_taken' | 'repeat'>;
  /** Whether a turn and the first attempt at sending are one atomic write here. */
  readonly beginsAttempts?: true;
  /** Turns with a version above `after`, in order. */
  turns(conversationId: ConversationId, after: number, limit: number): Promise<readonly Turn[]>;
  /** Projects turns that a crash left pending; returns how many. */
  projectPending(limit: number): Promise<number>;
}

/** Read side for desks and channels: projections of the chain. */
export interface ConversationViews {
  messages(conversationId: ConversationId, afterSeq: number, limit: number): Promise<readonly TrackedMessage[]>;
  /** The last private notes, oldest first. */
  notes(conversationId: ConversationId, limit: number): Promise<readonly FiledNote[]>;
  /** Conversations by holder; `queue` oldest wait first, others newest first. */
  list(query: {
    readonly holders: readonly ConversationState['holder'][];
    readonly agentId?: string;
    readonly limit: number;
  }): Promise<readonly ConversationSummary[]>;
  /** Everything that waits for a human or is in an agent's hands, however much it is, in no order. */
  open(): Promise<readonly OpenConversation[]>;
  /** With the bot, and somebody has spoken of danger that nobody at the desk has seen: those with a turn since that time. */
  unseenDangers(since: number, limit: number): Promise<readonly ConversationSummary[]>;
  /** Conversations that have had a turn since that time, UTC ms, however many they are, in no order. */
  movedSince(at: number): Promise<readonly Wakeup[]>;
  /** These conversations in this order, as they are now; those that do not exist are left out. */
  summaries(ids: readonly ConversationId[]): Promise<readonly ConversationSummary[]>;
}

/** As much of an open conversation as its place in the lists needs. */
export type OpenConversation = Omit<ConversationSummary, 'agentName' | 'customerName' | 'handoffReason' | 'lastText'>;

export interface ConversationSummary {
  readonly conversationId: ConversationId;
  readonly version: number;
  readonly holder: ConversationState['holder'];
  readonly agentId?: string;
  readonly agentName?: string;
  readonly priority: ConversationState['priority'];
  readonly waitingSince?: number;
  readonly handoffReason?: string;
  readonly lastText: string;
  readonly lastAt: number;
  readonly customerName?: string;
  readonly extras: SummaryExtras;
}

/** What lists show beside the rest and no query asks by. */
export type SummaryExtras = Pick<
  ConversationState,
  'alarmSeenBy' | 'emergencyAt' | 'isReturned' | 'promisedAt' | 'snoozedUntil'
> & {
  /** Codes of customers who proved who they are. */
  readonly verified?: readonly string[];
};

/** A private note, and where it stands in the conversation. */
export interface FiledNote extends PrivateNote {
  readonly version: number;
  /** Number of the message that it follows. */
  readonly afterSeq: number;
  /** UTC ms. */
  readonly at: number;
}

export interface RatingRecord extends Rating {
  readonly conversationId: ConversationId;
  /** UTC ms of the tap that counts. */
  readonly at: number;
}

/** What customers thought of closed conversations: a projection of the chain. */
export interface RatingRecords {
  /** Newest first. One for each closing that was rated; a later tap has replaced an earlier one. */
  ratings(query: {
    readonly from: number;
    readonly to: number;
    readonly limit: number;
  }): Promise<readonly RatingRecord[]>;
}

/** The way of outbound messages to their channels. */
export interface DeliveryLedger {
  /**
   * The next message to send of each conversation that has one due: all earlier ones are done with and its time
   * has come. Those whose time came first stand first. With `conversationId`, of that conversation alone. Safety words wait
   * only for earlier safety words, and stand before all others.
   */
  due(query: {
    readonly now: number;
    readonly limit: number;
    readonly conversationId?: ConversationId;
  }): Promise<readonly DueMessage[]>;
  /**
   * Whether no message of the conversation waits or is on its way, so that whoever commits every turn of it from now on
   * need not ask for what is due. Absent where asking costs more than it saves.
   */
  isQuiet?(conversationId: ConversationId): Promise<boolean>;
  /** Inserts attempt `number` of a message. `false`: somebody else has made this attempt. */
  begin(attempt: Attempt): Promise<boolean>;
  /** Records how an attempt ended and the state of its message. `nextAt`: when to try again, UTC ms. */
  finish(attempt: Attempt, outcome: AttemptOutcome): Promise<void>;
  /** Attempts that have begun and not ended: what may still be under way, or what a crash left. */
  open(query: {
    readonly before: number;
    readonly limit: number;
    readonly conversationId?: ConversationId;
  }): Promise<readonly Attempt[]>;
  /** Puts a message that failed, or nobody knows of, back in line: the next attempt is a new one. `false`: it is neither. */
  retry(conversationId: ConversationId, seq: number, at: number): Promise<boolean>;
  /** A receipt from the channel, or a sign that it has the message (`accepted`); states only move forward. */
  receipt(conversationId: ConversationId, seq: number, state: 'accepted' | 'delivered' | 'read'): Promise<void>;
}

export interface DueMessage {
  readonly message: TrackedMessage;
  /** How many attempts have been made. */
  readonly attempts: number;
  /** How many of them were only waiting: the channel took nothing at the time. */
  readonly waits: number;
}

export interface Attempt {
  readonly conversationId: ConversationId;
  readonly seq: number;
  /** From 1. */
  readonly number: number;
  /** UTC ms. */
  readonly at: number;
}

export interface AttemptOutcome {
  readonly state: DeliveryState;
  readonly reason?: string;
  readonly channelMessageId?: string;
  readonly nextAt?: number;
  /** The attempt was only waiting: `due` counts it under `waits`. */
  readonly isWait?: boolean;
}

/** Effects and timers that committed turns asked for. */
export interface WorkLedger {
  effectsDue(query: {
    readonly now: number;
    readonly limit: number;
    readonly conversationId?: ConversationId;
  }): Promise<readonly (Effect & { readonly tries: number })[]>;
  /**
   * Takes an effect in hand until `until` (UTC ms), after which its node is taken for gone. `false`: another node has
   * it. Absent where one process alone works on the ledger.
   */
  claimEffect?(key: string, now: number, until: number): Promise<boolean>;
  effectDone(key: string): Promise<void>;
  /** Puts an effect off after a failure. `nextAt` absent: given up, shown to the operator. */
  effectFailed(key: string, reason: string, nextAt?: number): Promise<void>;
  timersDue(query: { readonly now: number; readonly limit: number }): Promise<readonly DueTimer[]>;
  timerFired(timer: DueTimer): Promise<void>;
}

export interface DueTimer {
  readonly conversationId: ConversationId;
  readonly version: number;
  readonly kind: TimerKind;
  readonly due: number;
  readonly epoch: number;
}

/**
 * Counters that must be atomic: the n-th try of a code, the n-th SMS of an hour. Taking a slot is one unique
 * insert; the same claim twice is one slot, so that a turn may run again.
 */
export interface SlotCounter {
  /** Takes a slot of `key` if fewer than `limit` are taken. `expiresAt` (UTC ms): when the slots may be forgotten. */
  take(slot: {
    readonly key: string;
    readonly claim: string;
    readonly limit: number;
    readonly expiresAt: number;
  }): Promise<boolean>;
  count(key: string): Promise<number>;
}

/**
 * Room at the agents' desks: each conversation that an agent holds takes one of his slots. Taking the n-th slot is one
 * unique insert, so no agent holds more than the limit, however many nodes hand out conversations.
 */
export interface AgentSlots {
  /** Takes a slot if fewer than `limit` are taken. The same token again is the same slot. */
  take(slot: AgentSlot, limit: number): Promise<boolean>;
  free(token: string): Promise<void>;
  /** Slots taken before that time, oldest first: a crash may have left some. */
  taken(before: number, limit: number): Promise<readonly AgentSlot[]>;
}

export interface AgentSlot {
  readonly token: string;
  readonly agentId: string;
  readonly conversationId: ConversationId;
  /** UTC ms. */
  readonly at: number;
}

/** Who is at the desk, for honest words to those who wait. */
export interface Staffing {
  look(now: number): Promise<DeskStaffing>;
}

export interface DeskStaffing {
  /** Agents who are there and take conversations. */
  readonly agents: number;
  /** Customers who wait for one. */
  readonly waiting: number;
  /** Outside the hours of the desk: by when an answer is promised, UTC ms. */
  readonly promisedAt?: number;
}

export interface CustomerRecords {
  customer(code: string): Promise<Customer | undefined>;
  /** All contracts registered with this phone (`0…`). */
  customersByPhone(phone: string): Promise<readonly Customer[]>;
  /** Newest first. */
  bills(
    code: string,
    query: { readonly fromMonth?: string; readonly toMonth?: string; readonly limit: number },
  ): Promise<readonly Bill[]>;
  payments(code: string, limit: number): Promise<readonly Payment[]>;
}

export interface OutageRecords {
  /** Outages of a customer's feeder, transformer or commune that touch the window, soonest first. */
  forCustomer(customer: Customer, window: { readonly from: number; readonly to: number }): Promise<readonly Outage[]>;
  /** The same by a place as `nlu` found it (`place` value). */
  forPlace(place: string, window: { readonly from: number; readonly to: number }): Promise<readonly Outage[]>;
  /** The same of all units whose code begins so: `PB0606` is one unit, `PB06` a company with all of its units. */
  forUnit(code: string, window: { readonly from: number; readonly to: number }): Promise<readonly Outage[]>;
  /** The schedule: planned outages that begin in the window, cancelled ones too, soonest first. */
  planned(window: { readonly from: number; readonly to: number }): Promise<readonly PlannedOutage[]>;
}

export interface TicketStore {
  /** `repeat`: this ticket is there. `taken`: another conversation has a ticket with this number, and nothing is written. */
  open(ticket: Ticket): Promise<'opened' | 'repeat' | 'taken'>;
  /**
   * Puts right what the customer has told anew; state and history stay. The same, or an older one, again changes nothing.
   * Throws when there is no such ticket.
   */
  correct(correction: TicketCorrection): Promise<void>;
  ticket(number: string): Promise<Ticket | undefined>;
  /**
   * Adds to the history of a ticket. `seen`: how many steps of it the caller knows; `stale`: there are others by now.
   * `repeat`: the change with this key is there.
   */
  change(number: string, change: TicketChange, seen: number): Promise<'changed' | 'repeat' | 'stale' | 'not_found'>;
  /** Newest first. */
  tickets(query: {
    readonly conversationId?: ConversationId;
    readonly customerCode?: string;
    readonly limit: number;
  }): Promise<readonly Ticket[]>;
}

/** Sends one SMS. Idempotent by key where the gateway allows. Throws when it was not taken or nobody knows. */
export interface SmsGateway {
  /** `id`: the gateway's number of the message, where it gives one. */
  send(sms: { readonly key: string; readonly to: string; readonly text: string }): Promise<{ readonly id?: string }>;
}

/** Who wants no notices any more, by the conversation in which they would come. */
export interface OptOuts {
  /** `at`: when he said so, UTC ms; now when not given. The last time counts. */
  add(conversationId: ConversationId, at?: number): Promise<void>;
  /** He wants notices again. */
  remove(conversationId: ConversationId): Promise<void>;
  /** `askedAt`: when he asked for this very notice, UTC ms. Who asks after he has said no wants it. */
  has(conversationId: ConversationId, askedAt?: number): Promise<boolean>;
}

/** The files that customers have sent, for the desk. Each has the number of its message and its own, from 1. */
export interface MediaStore {
  /**
   * Keeps a file, or notes why there is none yet; durable when it resolves. One that was kept or removed before stays
   * as it is.
   */
  keep(key: MediaKey, outcome: MediaOutcome): Promise<void>;
  /** What is known of the files of a conversation, in the order of its messages. */
  records(conversationId: ConversationId): Promise<readonly MediaRecord[]>;
  /** `undefined`: never kept, removed, or too old. */
  open(key: MediaKey): Promise<KeptMedia | undefined>;
  /** Bytes and record go for good, as if the file had never been. */
  forget(key: MediaKey): Promise<void>;
  /** The bytes go for good, the record says who did it. `false`: there is nothing to remove. */
  remove(key: MediaKey, by: { readonly agentId: string; readonly agentName: string }): Promise<boolean>;
  /** Forgets some files noted before that time, with their bytes, those of `except` left out; returns how many. */
  prune(before: number, except?: readonly ConversationId[]): Promise<number>;
}
