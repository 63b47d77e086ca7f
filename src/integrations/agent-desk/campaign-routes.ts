import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Campaign, CampaignStore } from '../../bot/notices/campaign.ts';
import { type CampaignMark, endAt, figuresOf, markOf } from '../../bot/notices/campaign-figures.ts';
import type { NoticeLedger } from '../../bot/notices/notice-ledger.ts';
import type { Clock } from '../../bot/ports.ts';
import type { AuditLog } from './audit-log.ts';
import type { CampaignAnswer, CampaignsAnswer } from './desk-api/campaigns.ts';
import { CAMPAIGN_STATE_WORDS } from './desk-words.ts';
import { agentOf, refuse } from './guard.ts';

export interface CampaignRouteDeps {
  readonly campaigns: Pick<CampaignStore, 'list' | 'change'>;
  readonly noticeLedger: Pick<NoticeLedger, 'counts' | 'wentElsewhere' | 'drop'>;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const MOST_SHOWN = 50;
/** The pace is measured over at least so long. */
const MEASURED_MS = 15_000;
const change = z.strictObject({ id: z.string().min(1).max(200), state: z.enum(['running', 'paused', 'stopped']) });

/** Notices to many: what has become of them, and the brakes. */
export function registerCampaignRoutes(desk: FastifyInstance, deps: CampaignRouteDeps): void {
  const { campaigns, noticeLedger, clock } = deps;
  /** The two last looks at each campaign. */
  const marks = new Map<string, readonly [CampaignMark, CampaignMark]>();

  async function look(campaign: Campaign): Promise<CampaignAnswer> {
    const { id, title, createdAt, progress, source } = campaign;
    const of = source.kind === 'site_outage' ? 'accounts' : 'subscriptions';
    const figures = figuresOf(await noticeLedger.counts(id), await noticeLedger.wentElsewhere(id));
    const mark = markOf(campaign, figures, clock.now());
    const [older, newer] = marks.get(id) ?? [mark, mark];
    marks.set(id, mark.at - newer.at >= MEASURED_MS ? [newer, mark] : [older, newer]);
    const expectedAt = endAt(campaign, older, mark);
    const { state, total, seen } = progress;
    return {
      id,
      title,
      createdAt,
      of,
      state,
      total,
      seen,
      ...figures,
      ...(expectedAt !== undefined && { expectedAt }),
    };
  }

  desk.get('/desk/api/campaigns', async (): Promise<CampaignsAnswer> => {
    const found = await campaigns.list({ limit: MOST_SHOWN });
    const shown = new Set(found.map(({ id }) => id));
    for (const id of [...marks.keys()].filter((known) => !shown.has(known))) {
      marks.delete(id);
    }
    return { campaigns: await Promise.all(found.map(look)) };
  });

  desk.post('/desk/api/campaigns/change', async (request, reply) => {
    const { id, state } = change.parse(request.body);
    if (!(await campaigns.change(id, state))) {
      const message = 'Đợt này đã kết thúc, không đổi được nữa.';
      return refuse(reply, 409, { code: 'ended', message });
    }
    if (state === 'stopped') {
      await noticeLedger.drop(id);
    }
    marks.delete(id);
    const { id: actorId, name: actorName } = agentOf(request);
    const reason = CAMPAIGN_STATE_WORDS[state];
    await deps.audit.append({ at: clock.now(), actorId, actorName, action: 'change_campaign', subject: id, reason });
    return reply.code(204).send();
  });
}
