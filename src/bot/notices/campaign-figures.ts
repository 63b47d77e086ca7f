import type { Campaign } from './campaign.ts';
import type { NoticeCount } from './notice-ledger.ts';

/** How far a campaign was at a moment, UTC ms: subscribers who are done with. */
export interface CampaignMark {
  readonly at: number;
  readonly gone: number;
}

/** What became of its notices, in numbers. */
export interface CampaignFigures {
  readonly waiting: number;
  /** In the chain, on their way. */
  readonly given: number;
  /** The channel has them. */
  readonly told: number;
  /** Passed over or not arrived on any way, by reason, the most frequent first. */
  readonly failures: readonly { readonly reason: string; readonly count: number }[];
}

const TOLD: readonly NoticeCount['state'][] = ['accepted', 'delivered', 'read'];

/** `elsewhere`: those that have failed on one way and are counted again on the other. */
export function figuresOf(counts: readonly NoticeCount[], elsewhere: readonly NoticeCount[]): CampaignFigures {
  const sum = (states: readonly NoticeCount['state'][]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
  const failures = counts
    .filter(({ state }) => ['failed', 'skipped', 'uncertain', 'withdrawn'].includes(state))
    .map(({ state, reason = state, count }) => {
      const went = elsewhere.find((other) => other.state === state && (other.reason ?? state) === reason);
      return { reason, count: count - (went?.count ?? 0) };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  return { waiting: sum(['waiting']), given: sum(['given']), told: sum(TOLD), failures };
}

export function markOf({ progress }: Campaign, { waiting }: CampaignFigures, now: number): CampaignMark {
  return { at: now, gone: Math.max(0, progress.seen - waiting) };
}

/** When it will be through at the pace between two looks, UTC ms; `undefined`: it stands still, or nobody can say yet. */
export function endAt(
  { progress }: Campaign,
  earlier: CampaignMark | undefined,
  now: CampaignMark,
): number | undefined {
  if (progress.state !== 'running' || earlier === undefined || now.gone <= earlier.gone || now.at <= earlier.at) {
    return undefined;
  }
  const msEach = (now.at - earlier.at) / (now.gone - earlier.gone);
  return now.at + Math.max(0, progress.total - now.gone) * msEach;
}
