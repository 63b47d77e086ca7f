import type { CampaignState } from '../../../bot/notices/campaign.ts';
import type { CampaignFigures } from '../../../bot/notices/campaign-figures.ts';

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
  /** Whom it goes through. */
  readonly of: 'subscriptions' | 'accounts';
  /** How many of them there were at the beginning, and how many have been looked at. */
  readonly total: number;
  readonly seen: number;
  /** When it will be through at its present pace, UTC ms. */
  readonly expectedAt?: number;
}
