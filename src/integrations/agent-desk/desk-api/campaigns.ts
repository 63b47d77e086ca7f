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
  /** Subscriptions at the beginning, and those that have been looked at. */
  readonly total: number;
  readonly seen: number;
  /** When it will be through at its present pace, UTC ms. */
  readonly expectedAt?: number;
}
