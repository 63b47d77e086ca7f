import type { ConversationId } from '../message.ts';

/** A customer who has no power, or asks when it comes back. Immutable. */
export interface OutageReport {
  /** The effect that made it: the same one twice is one report. */
  readonly id: string;
  readonly conversationId: ConversationId;
  /** UTC ms. */
  readonly at: number;
  /**
   * `reported`: says that there is no power. `asked`: asks when it comes back. `still_out`: says so after being told
   * that it is back. `back`: says that it is.
   */
  readonly kind: OutageReportKind;
  readonly where: ReportPlace;
  /** Somebody there depends on the power for life or health. */
  readonly isVulnerable: boolean;
  /** The incident of which the customer was told when he left it. */
  readonly toldOf?: string;
}

export type OutageReportKind = 'reported' | 'asked' | 'still_out' | 'back';

/** Where it is, as far as it is known: by the customer's contract, by the words, or not at all. */
export interface ReportPlace {
  /** Feeder of the contract. */
  readonly feeder?: string;
  readonly transformer?: string;
  readonly unit?: string;
  /** `small / … / large`, as nlu found it or as the contract says. */
  readonly place?: string;
}

/** A conversation that belongs to an incident: one row for each pair, made once. */
export interface IncidentLink {
  readonly incidentId: string;
  readonly conversationId: ConversationId;
  /** UTC ms of the first report or question. */
  readonly reportedAt: number;
  /** Why it was taken for this incident, for the desk. */
  readonly reasons: readonly string[];
  readonly isVulnerable: boolean;
  /** Feeder and transformer of the contract, where its feeder is known. */
  readonly lines?: readonly string[];
}

/** A link with what has become of it since. */
export interface KeptLink extends IncidentLink {
  /** UTC ms at which its customer was told how the incident ended; or passed over, because nothing was to be told. */
  readonly toldAt?: number;
  /** What the customer answered to it last. Silence is no answer. */
  readonly answer?: 'back' | 'still_out';
}

/** Which conversations belong to which incident, and what has become of it. */
export interface IncidentLinks {
  /** `false`: the conversation belongs to the incident already; that it is vulnerable is kept all the same. */
  link(link: IncidentLink): Promise<boolean>;
  /** Links of a conversation, the newest first. */
  linksOf(conversationId: ConversationId): Promise<readonly KeptLink[]>;
  /** Links of these conversations, in no order. */
  linksAmong(conversationIds: readonly ConversationId[]): Promise<readonly KeptLink[]>;
  /** Links of an incident whose customers have not been told how it ended. */
  untold(incidentId: string, limit: number): Promise<readonly KeptLink[]>;
  /** Links whose customers have not been told, and hang on known lines of which none is among these. */
  strangers(incidentId: string, lines: readonly string[], limit: number): Promise<readonly KeptLink[]>;
  /** It was another incident. */
  unlink(incidentId: string, conversationId: ConversationId): Promise<void>;
  told(incidentId: string, conversationId: ConversationId, at: number): Promise<void>;
  answered(incidentId: string, conversationId: ConversationId, answer: 'back' | 'still_out'): Promise<void>;
  /** How many conversations belong to an incident, and what they have said. */
  linkCounts(incidentId: string): Promise<LinkCounts>;
}

/** Reports as they came, and which incident each conversation belongs to. */
export interface OutageReports extends IncidentLinks {
  /** `false`: there is a report with this id. */
  addReport(report: OutageReport, keys: readonly string[]): Promise<boolean>;
  /** Reports of these keys since that time that belong to no incident, oldest first. */
  unlinked(query: {
    readonly keys: readonly string[];
    readonly since: number;
    readonly limit: number;
  }): Promise<readonly OutageReport[]>;
  /** On which feeders the newest reports of this key since that time hang, as far as that is known: how many on each. */
  feedersAt(query: {
    readonly key: string;
    readonly since: number;
    readonly limit: number;
  }): Promise<ReadonlyMap<string, number>>;
  /** The last report of a conversation. */
  lastReport(conversationId: ConversationId): Promise<OutageReport | undefined>;
  /** How many reports and questions came in since that time. */
  countReports(since: number): Promise<number>;
  /** Customers who reported or asked in that time, and how many of them were put to an incident, by channel. */
  reportersIn(window: { readonly from: number; readonly to: number }): Promise<readonly ChannelReporters[]>;
  /** Forgets reports and links from before that time, but those of these conversations; returns how many. */
  pruneReports(before: number, except?: readonly ConversationId[]): Promise<number>;
}

export interface ReporterCounts {
  readonly reporters: number;
  readonly grouped: number;
}

/** Only channels on which somebody reported; in no order. */
export interface ChannelReporters extends ReporterCounts {
  readonly channel: string;
}

export function sumOfReporters(channels: readonly ChannelReporters[]): ReporterCounts {
  return {
    reporters: channels.reduce((sum, { reporters }) => sum + reporters, 0),
    grouped: channels.reduce((sum, { grouped }) => sum + grouped, 0),
  };
}

/** A report counts as grouped also by a link of the day before: of a customer who writes again about the same. */
export const LINKED_BEFORE_MS = 24 * 3_600_000;

export interface LinkCounts {
  readonly linked: number;
  readonly vulnerable: number;
  readonly told: number;
  readonly back: number;
  readonly stillOut: number;
}
