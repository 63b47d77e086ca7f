import type { SentFile } from '../../bot/agent-act.ts';
import type { ConversationState, Holder } from '../../bot/conversation.ts';
import type { Incident, IncidentFacts } from '../../bot/incidents/incident.ts';
import type { LinkCounts } from '../../bot/incidents/outage-report.ts';
import type { StormSwitch } from '../../bot/incidents/storm-mode.ts';
import type { MediaRecord } from '../../bot/media.ts';
import type { Author, ConversationId, TrackedMessage } from '../../bot/message.ts';
import type { CampaignState } from '../../bot/notices/campaign.ts';
import type { CampaignFigures } from '../../bot/notices/campaign-figures.ts';
import type { ConversationSummary, FiledNote } from '../../bot/ports.ts';
import type { Bill, Customer, Outage, Ticket } from '../../bot/records.ts';
import type { ReplyWindow } from '../../bot/reply-window.ts';
import type { IdentityLevel } from '../../dialogs/identity.ts';
import type { IntentScore } from '../../nlu/understanding.ts';
import type { HourChart } from '../charts/draw-hours.ts';
import type { ActRequest, PersonalAct } from './act-bodies.ts';
import type { AgentRole, PresenceStatus } from './agent-store.ts';
import type { FiledEntry } from './audit-log.ts';
import type { CannedAnswer } from './canned-answers.ts';
import type { ExcerptPart } from './excerpt.ts';
import type { DeskRules, WrapUp } from './load-desk-rules.ts';
import type { TicketStateRequest } from './ticket-routes.ts';
import type { UnclearMessage, WordsDecision } from './unclear-messages.ts';

/** What the desk's server and page say to each other. Times are UTC ms by the server's clock. */
export interface DeskAgent {
  readonly id: string;
  readonly name: string;
  readonly role: AgentRole;
}

/** Shown on the log-in page, in demo mode only. */
export interface DemoAgentHint {
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly role: AgentRole;
}

/** `GET session`, `POST login`. */
export interface SessionAnswer {
  readonly agent?: DeskAgent;
  readonly demoAgents: readonly DemoAgentHint[];
}

/** A waiting conversation, with why it comes where it comes. */
export interface QueueRow extends ConversationSummary {
  readonly isVulnerable: boolean;
  readonly isLongWait: boolean;
}

/** `GET queue`: what is waiting, most urgent first, and what this agent holds. */
export interface QueueAnswer {
  /** Changes with anything in queue or in an agent's hands. */
  readonly revision: string;
  readonly now: number;
  readonly queue: readonly QueueRow[];
  /** How many wait: the list may be cut short. */
  readonly waiting: number;
  readonly mine: readonly ConversationSummary[];
  /** The most conversations that one agent holds. */
  readonly agentCap: number;
  readonly assignment: DeskRules['assignment'];
  readonly alarmToLeaderMs: number;
  readonly troubles: readonly ChannelTrouble[];
  /** Those who wait about one incident, each group one line: not in `queue`. */
  readonly folded: readonly FoldedIncident[];
}

/** Conversations that one answer may serve. Emergencies and the vulnerable are never among them. */
export interface FoldedIncident {
  readonly incidentId: string;
  /** Area of the incident. */
  readonly area: string;
  readonly conversationIds: readonly ConversationId[];
  /** UTC ms. */
  readonly waitingSince: number;
}

/** A channel that cannot send until somebody mends it. */
export interface ChannelTrouble {
  readonly channel: string;
  /** The reason that its waiting messages have, for example `needs_consent`. */
  readonly reason: string;
}

/** `GET conversations`. */
export interface ConversationsAnswer {
  readonly now: number;
  readonly conversations: readonly ConversationSummary[];
}

/** A file of a customer. */
export type DeskFile = MediaRecord & {
  /** Names it to `GET media` and `POST media/remove`. */
  readonly query: string;
};

export interface DeskMessage extends Omit<TrackedMessage, 'conversationId'> {
  /** The SVG of a chart. */
  readonly drawing?: string;
  /** What is known of the files that came with it. */
  readonly files?: readonly DeskFile[];
}

/** Who is known, and how well, for one customer code. */
export interface KnownIdentity {
  readonly customerCode: string;
  readonly level: IdentityLevel;
  /** Set while `verified`. */
  readonly validUntil?: number;
}

/** What happened so far, made by rules from the chain. */
export interface ConversationSummaryCard {
  /** Intents that were understood, oldest first, each once. */
  readonly asked: readonly { readonly intent: string; readonly times: number }[];
  readonly notUnderstood: number;
  readonly handoffReason?: string;
  readonly hadEmergency: boolean;
  /** Messages that did not reach the customer for certain, by state. */
  readonly undelivered: readonly { readonly state: 'failed' | 'uncertain' | 'withdrawn'; readonly times: number }[];
}

/** `GET conversation`. */
export interface ConversationAnswer {
  readonly now: number;
  readonly conversationId: ConversationId;
  readonly channel: string;
  readonly version: number;
  readonly state: Pick<
    ConversationState,
    | 'agentId'
    | 'agentName'
    | 'customerName'
    | 'epoch'
    | 'handoffReason'
    | 'lastCustomerAt'
    | 'messageSeq'
    | 'priority'
    | 'snoozedUntil'
  > & { readonly holder: Holder; readonly waitingSince?: number };
  /** Since when the present holder holds it, when that is not too long ago to look up. */
  readonly heldSince?: number;
  /** Whether pictures and files can be sent. */
  readonly takesFiles: boolean;
  /** Where the channel limits until when the customer may be written to. */
  readonly replyWindow?: ReplyWindow;
  readonly messages: readonly DeskMessage[];
  /** For colleagues only. */
  readonly notes: readonly FiledNote[];
  /** Sends that have begun and not ended. */
  readonly openAttempts: readonly { readonly seq: number; readonly number: number; readonly at: number }[];
  readonly identities: readonly KnownIdentity[];
  readonly summary: ConversationSummaryCard;
}

/** A customer as the desk may see it: what the level does not need is masked or left out. */
export interface MaskedCustomer extends Pick<Customer, 'connection' | 'households' | 'tariffGroup' | 'unit'> {
  readonly name: string;
  readonly phone?: string;
  readonly address: string;
}

export interface CustomerPanel {
  readonly customerCode: string;
  readonly level: IdentityLevel;
  /** Absent when no such customer is on record. */
  readonly customer?: MaskedCustomer;
  /** Newest first. */
  readonly bills: readonly Pick<
    Bill,
    'due' | 'from' | 'id' | 'kwh' | 'month' | 'paidAt' | 'period' | 'to' | 'total' | 'version'
  >[];
  readonly outages: readonly Pick<Outage, 'area' | 'from' | 'id' | 'kind' | 'reason' | 'state' | 'to'>[];
}

/** `GET side-panel`. */
export interface SidePanelAnswer {
  readonly now: number;
  readonly customers: readonly CustomerPanel[];
  readonly tickets: readonly TicketWithHistory[];
}

export interface TicketWithHistory extends DeskTicket {
  /** Oldest first. */
  readonly history: readonly {
    readonly at: number;
    readonly state: string;
    /** Who at the desk has done it. */
    readonly by?: string;
    readonly note?: string;
  }[];
}

/** `POST ticket-state`. */
export interface TicketStateAnswer {
  readonly state: Ticket['state'];
  readonly customer:
    | { readonly result: 'told' | 'not_told' }
    /** When the quiet hours end, UTC ms. */
    | { readonly result: 'deferred'; readonly until: number };
}

export type DeskTicket = Pick<Ticket, 'createdAt' | 'kind' | 'number' | 'place' | 'priority' | 'state' | 'summary'>;

export interface RatingFigures {
  readonly count: number;
  /** From 1 to 5; absent while nobody has rated. */
  readonly average?: number;
}

/** `GET shift`: the shift leader's board over whole hours. */
export interface ShiftAnswer {
  readonly now: number;
  /** That of the queue: changes with anything that waits or is held. */
  readonly revision: string;
  /** The beginning of the counted hours. */
  readonly from: number;
  /** How many wait: the list may be cut short. */
  readonly waiting: number;
  readonly longestWaitSince?: number;
  /** Most urgent first. */
  readonly queue: readonly ConversationSummary[];
  /** All of them, agent by agent. */
  readonly held: readonly ConversationSummary[];
  /** Nobody has written to them since the danger was told. */
  readonly emergencies: readonly ConversationSummary[];
  readonly ratings: RatingFigures;
  readonly agents: readonly (DeskAgent & {
    readonly isOnline: boolean;
    readonly status: PresenceStatus;
    readonly open: number;
    readonly closed: number;
    readonly ratings: RatingFigures;
  })[];
}

/** `GET topics`: what customers asked for by hour, drawn and in figures. */
export interface TopicsAnswer extends HourChart {
  readonly now: number;
  /** SVG. */
  readonly drawing: string;
}

/** Messages with the same words that the bot did not understand, or took for something else. */
export interface UnclearGroup {
  readonly words: string;
  /** The newest, personal data replaced. */
  readonly text: string;
  /** Where the newest stands. */
  readonly conversationId: ConversationId;
  readonly lastAt: number;
  readonly times: number;
  readonly why: readonly UnclearMessage['why'][];
  /** Intents that agents named. */
  readonly proposed: readonly string[];
  /** What the bot would take it for now, the likeliest first. */
  readonly guesses: readonly IntentScore[];
}

/** `GET learning`. */
export interface LearningAnswer {
  /** What came most often first. */
  readonly groups: readonly UnclearGroup[];
  /** How many more there are. */
  readonly hidden: number;
  /** The newest first. */
  readonly decided: readonly WordsDecision[];
}

/** `GET intents`: what a message can be said to mean, in the order of the words. */
export interface IntentsAnswer {
  readonly intents: readonly { readonly name: string; readonly words: string }[];
}

/** `POST search`: at most twenty of each. */
export interface SearchAnswer {
  readonly now: number;
  /** The newest words first. `message` is absent when the customer's name was found. */
  readonly conversations: readonly {
    readonly conversationId: ConversationId;
    readonly channel: string;
    readonly holder: Holder;
    readonly agentName?: string;
    readonly customerName?: string;
    readonly lastAt: number;
    readonly message?: {
      readonly seq: number;
      readonly at: number;
      readonly author: Author;
      readonly excerpt: readonly ExcerptPart[];
    };
  }[];
  readonly customers: readonly { readonly customerCode: string; readonly customer: MaskedCustomer }[];
  readonly tickets: readonly (DeskTicket & { readonly conversationId?: ConversationId })[];
  /** False when the time box ended the search: there may be more. */
  readonly isComplete: boolean;
}

/** `POST reveal`. */
export interface RevealRequest {
  readonly conversationId: ConversationId;
  readonly customerCode: string;
  readonly field: 'name' | 'phone' | 'address';
  /** Why, for the audit log. */
  readonly reason: string;
}

export interface RevealAnswer {
  readonly value: string;
}

/** `GET audit`: the newest first, from the entry `before` on. */
export interface AuditAnswer {
  readonly entries: readonly FiledEntry[];
  readonly hasEarlier: boolean;
}

/** `GET canned`, `POST canned`. */
export interface CannedAnswers {
  readonly answers: readonly CannedAnswer[];
}

/** `GET incidents`. */
export interface IncidentsAnswer {
  readonly now: number;
  readonly open: readonly Incident[];
  /** How many belong to each incident, and what they have answered, by its id. */
  readonly counts: Readonly<Record<string, LinkCounts>>;
  readonly storm?: StormSwitch;
  /** Those of the last day, the latest first. */
  readonly ended: readonly Incident[];
}

/** `GET incidents/versions`: everything that was ever known of one incident, oldest first. */
export interface IncidentVersionsAnswer {
  readonly versions: readonly Incident[];
}

/** `POST incidents/create`. Times are UTC ms. */
export interface IncidentCreation {
  readonly facts: IncidentFacts;
}

/** `POST incidents/change`. `version`: the one on the screen. */
export interface IncidentChangeRequest extends IncidentCreation {
  readonly id: string;
  readonly version: number;
}

/** `POST incidents/answer`. `key`: made once per answer; sent again, it is the same. */
export interface IncidentReply {
  readonly id: string;
  readonly text: string;
  readonly key: string;
}

export interface IncidentReplyAnswer {
  readonly answered: number;
}

/** What `POST incidents/create` and `POST incidents/change` answer. */
export interface IncidentAnswer {
  readonly incident: Incident;
}

/** `GET campaigns`: the newest first. */
export interface CampaignsAnswer {
  readonly campaigns: readonly CampaignAnswer[];
}

export interface CampaignAnswer extends CampaignFigures {
  readonly id: string;
  readonly title: string;
  readonly state: CampaignState;
  /** UTC ms. */
  readonly createdAt: number;
  /** Subscriptions at the beginning, and those that have been looked at. */
  readonly total: number;
  readonly seen: number;
  /** When it will be through at its present pace, UTC ms. */
  readonly expectedAt?: number;
}

/** `GET suggestion`: what the bot would say to what stands last. */
export interface SuggestionAnswer {
  /** Number of the message that it was made after. */
  readonly seq: number;
  readonly text?: string;
}

/** `POST files`: what `acts/say` names by its address. */
export interface UploadAnswer {
  readonly file: SentFile;
}

/** `POST retry`. */
export interface RetryAnswer {
  readonly seq: number;
}

/** `GET presence`, `POST presence`: whether this agent takes conversations. */
export interface PresenceAnswer {
  readonly status: PresenceStatus;
}

/** `GET colleagues`: to whom a conversation can be given, and how it may end. */
export interface ColleaguesAnswer {
  readonly colleagues: readonly (DeskAgent & {
    readonly isOnline: boolean;
    /** Whether they take conversations, while online. */
    readonly status: PresenceStatus;
    readonly open: number;
  })[];
  readonly wrapUps: readonly Pick<WrapUp, 'code' | 'label'>[];
}

/**
 * `POST acts/<act>`. `key` is made by the client, once per act: sent again after a lost answer, it is the same act.
 */
export type { ActRequest, PersonalAct, TicketStateRequest };

export interface ActAnswer {
  readonly version: number;
}

/** Every refusal of the API. */
export interface DeskRefusal {
  /** `stale_screen`, `held_by_other`, `not_holder`, `closed`, `not_found`, `no_session`, `wrong_login`, … */
  readonly code: string;
  /** For the agent, in Vietnamese. */
  readonly message: string;
}

/** Over `/desk/live`, from the server. Nothing in them need be believed but "look again". */
export type LiveNews =
  | { readonly type: 'hello'; readonly revision: string }
  | { readonly type: 'queue'; readonly revision: string }
  | { readonly type: 'conversation'; readonly conversationId: ConversationId; readonly version: number }
  /** Colleagues who have the watched conversation open. */
  | { readonly type: 'colleagues'; readonly conversationId: ConversationId; readonly here: readonly ColleagueHere[] }
  | { readonly type: 'beat' };

export interface ColleagueHere {
  readonly name: string;
  readonly isTyping: boolean;
}

/** Over `/desk/live`, from the page: which conversation is open there. */
export type LiveWish = LiveWatch | { readonly type: 'typing' };

export interface LiveWatch {
  readonly type: 'watch';
  readonly conversationId: ConversationId | null;
}
