import type { ConversationSummary } from '../../../bot/ports.ts';
import type { HourChart, HourDrawings } from '../../charts/draw-hours.ts';
import type { PresenceStatus } from '../agent-store.ts';
import type { FiledEntry } from '../audit-log.ts';
import type { DeskAgent } from './session.ts';

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
  /** Most urgent first; without those who wait about one incident with others. */
  readonly queue: readonly ConversationSummary[];
  /** How many of those who wait are answered together, incident by incident. */
  readonly folded: number;
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
  readonly drawings: HourDrawings;
}

/** `GET audit`: the newest first, from the entry `before` on. */
export interface AuditAnswer {
  readonly entries: readonly FiledEntry[];
  readonly hasEarlier: boolean;
}
