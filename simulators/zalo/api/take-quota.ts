import type { Stage } from '../stage.ts';
import type { SimulatedUser } from '../world.ts';
import { oaRefusal } from './refusal.ts';
import { FREE_WINDOW_MS } from './require-recipient.ts';

/** What the answer says about the quota; undefined means that the message was charged. [DOC] */
export type QuotaNote = Record<string, string | number> | undefined;

/** Free within 48 hours of the last interaction; later out of the package, then charged or refused. */
export function takeQuota(stage: Stage, user: SimulatedUser): QuotaNote {
  const { quota, oa } = stage.world.settings;
  const replies = repliesLeft(stage, user);
  if (replies !== undefined) {
    const expires = (user.lastInteractionAt ?? 0) + FREE_WINDOW_MS;
    return note(stage, 'reply', replies.remain - (quota.repliesPerWindow === null ? 0 : 1), replies.total, expires);
  }
  if (stage.world.packageUsed < quota.packageTotal) {
    stage.world.packageUsed += 1;
    const remain = quota.packageTotal - stage.world.packageUsed;
    return { ...note(stage, 'sub_quota', remain, quota.packageTotal, endOfMonth(stage.clock.now())), owner_id: oa.id };
  }
  if (quota.whenExhausted === 'charge') {
    return undefined;
  }
  throw oaRefusal(quota.whenExhausted === 'out_of_quota' ? -211 : -321);
}

/** Free replies left in the window, or undefined when it is over or used up. */
export function repliesLeft(
  { world, clock }: Stage,
  user: SimulatedUser,
): { remain: number; total: number } | undefined {
  const last = user.lastInteractionAt;
  if (last === null || clock.now() - last > FREE_WINDOW_MS) {
    return undefined;
  }
  const limit = world.settings.quota.repliesPerWindow;
  if (limit === null) {
    // Unlimited since 2026, though the counter still says 8. [DOC]
    return { remain: 8, total: 8 };
  }
  const used = (world.chats.get(user.id) ?? []).filter((m) => m.author === 'api' && m.at >= last).length;
  return used < limit ? { remain: limit - used, total: limit } : undefined;
}

function note({ world }: Stage, type: string, remain: number, total: number, expiresAt: number): QuotaNote {
  const { oa, answers } = world.settings;
  const written = (count: number) => (answers.counters === 'string' ? String(count) : count);
  return {
    quota_type: type,
    remain: written(remain),
    total: written(total),
    expired_date: vietnameseDate(expiresAt),
    owner_type: 'OA',
    owner_id: oa.id,
  };
}

/** `DD/MM/YYYY` in Viet Nam's time, as Zalo writes dates. */
export function vietnameseDate(at: number): string {
  const date = new Date(at + 7 * 3_600_000).toISOString();
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

function endOfMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) - 1;
}
