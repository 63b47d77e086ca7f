import type { SubscribedTopic } from '../../dialogs/subscribed-topic.ts';
import type { CrisisMessage } from '../crisis/crisis-message.ts';
import type { PlannedOutage } from '../records.ts';
import type { NoticeTopic } from './notice.ts';

/** What is told to everybody who has subscribed to a topic and is concerned. */
export type CampaignSource =
  /** The newest bills. */
  | { readonly kind: 'bill' }
  /** Bills that are not paid and will be due. */
  | { readonly kind: 'debt' }
  /** A crisis message that warns of danger. */
  | { readonly kind: 'crisis'; readonly message: CrisisMessage }
  /** Meters that are read tomorrow. */
  | { readonly kind: 'reading_day' }
  /** A planned outage as it concerns the sites of accounts of a kind, now and as it was announced before. */
  | SiteOutage
  /** A planned outage as it stands now, and as it was announced before. */
  | { readonly kind: 'planned_outage'; readonly outage: PlannedOutage; readonly earlier?: PlannedOutage };

export interface SiteOutage {
  readonly kind: 'site_outage';
  readonly accountKind: string;
  /** Of the outage: whoever was told of it is not told again. */
  readonly version: string;
  /** Of the accounts of that kind: it differs when one, a site or a contact has come or gone since. */
  readonly members: string;
  readonly outage: PlannedOutage;
  readonly earlier?: PlannedOutage;
}

/** What subscribers are told, one by one. */
export type SubscriberSource = Exclude<CampaignSource, SiteOutage>;

/** What its notices are about, which decides when they may be told: danger is told to those who subscribed to another topic. */
export function noticeTopicOf({ source, topic }: Pick<Campaign, 'source' | 'topic'>): NoticeTopic {
  return source.kind === 'crisis' ? 'crisis' : topic;
}

export type CampaignState = 'running' | 'paused' | 'stopped' | 'done';

export interface Campaign {
  /** `<subject>/<day or version>`: made once, whoever wants to make it. */
  readonly id: string;
  /** What it is about, for example `outage/O1`. */
  readonly subject: string;
  /** As the desk shows it. */
  readonly title: string;
  /** Whose subscribers are gone through; accounts are, where the source says so. */
  readonly topic: SubscribedTopic;
  readonly source: CampaignSource;
  /** UTC ms. */
  readonly createdAt: number;
  readonly progress: CampaignProgress;
}

export interface CampaignProgress {
  readonly state: CampaignState;
  /** How many subscriptions there were at the beginning. */
  readonly total: number;
  /** How many have been looked at; the page in hand when a process died is looked at again. */
  readonly seen: number;
  /** The last that was looked at. */
  readonly cursor?: string;
}

export interface CampaignStore {
  /** `false`: there is one with this id. */
  create(campaign: Campaign): Promise<boolean>;
  find(id: string): Promise<Campaign | undefined>;
  /** The newest of a subject. */
  latest(subject: string): Promise<Campaign | undefined>;
  /** Newest first. */
  list(query: { readonly states?: readonly CampaignState[]; readonly limit: number }): Promise<readonly Campaign[]>;
  /** How far it has come. Its state stays: somebody may have stopped it meanwhile. */
  advance(id: string, place: Pick<CampaignProgress, 'seen' | 'cursor'>): Promise<void>;
  /** One that has ended stays as it is. `false`: it is not there, or has ended. */
  change(id: string, state: CampaignState): Promise<boolean>;
}
