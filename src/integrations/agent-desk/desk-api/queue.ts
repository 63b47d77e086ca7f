import type { ConversationSummary } from '../../../bot/ports.ts';
import type { PresenceStatus } from '../agent-store.ts';
import type { DeskRules, WrapUp } from '../load-desk-rules.ts';
import type { DeskAgent } from './session.ts';

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
  /** How many come after those of the list. */
  readonly more: number;
  /** How many wait in all, folded or not. */
  readonly waiting: number;
  readonly mine: readonly ConversationSummary[];
  /** Danger that the bot was told, and nobody at the desk has seen. */
  readonly dangers: readonly ConversationSummary[];
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
  readonly conversations: number;
  /** UTC ms. */
  readonly waitingSince: number;
}

/** `GET folded`: whoever is in the line of one incident, in the order of the queue; nobody when there is no such line. */
export interface FoldedAnswer {
  readonly rows: readonly QueueRow[];
  /** How many come after those. */
  readonly more: number;
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
