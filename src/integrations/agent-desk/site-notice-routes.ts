import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SiteNotice, SiteNotices } from '../../bot/accounts/site-notice.ts';
import type { AuditAction, AuditLog } from './audit-log.ts';
import type { SiteNoticesAnswer, SiteNoticesExport, SitePhoneAnswer } from './desk-api/site-notices.ts';
import { agentOf, refuse } from './guard.ts';
import { createSiteBoard, readSiteRows, type SiteBoardDeps } from './site-notice-board.ts';
import { siteNoticesCsv } from './site-notices-csv.ts';

export interface SiteNoticeRouteDeps extends SiteBoardDeps {
  readonly siteNotices: Pick<SiteNotices, 'open' | 'find' | 'call'>;
  readonly audit: AuditLog;
}

const one = z.strictObject({ id: z.string().regex(/^[a-z0-9/]{1,100}$/) });
const outage = z.strictObject({ outageId: z.string().min(1).max(200) });
const GONE = { code: 'not_found', message: 'Không tìm thấy người liên hệ này nữa.' } as const;

/** What organisations with several sites were told of planned outages, who has read it, and whom to call. */
export function registerSiteNoticeRoutes(desk: FastifyInstance, deps: SiteNoticeRouteDeps): void {
  const { siteNotices, accounts, clock } = deps;
  const board = createSiteBoard(deps);

  desk.get('/desk/api/site-notices', async (): Promise<SiteNoticesAnswer> => {
    return { outages: await board.outages() };
  });

  desk.post('/desk/api/site-notices/phone', async (request, reply) => {
    const notice = await siteNotices.find(one.parse(request.body).id);
    const account = notice && (await accounts.account(notice.accountId));
    const phone = account?.contacts.find(({ id }) => id === notice?.contactId)?.phone;
    if (notice === undefined || phone === undefined) {
      return refuse(reply, 404, GONE);
    }
    // Written down first: what cannot be written down is not shown.
    await note(request, 'reveal_phone', subjectOf(notice));
    return { phone } satisfies SitePhoneAnswer;
  });

  desk.post('/desk/api/site-notices/called', async (request, reply) => {
    const { id, name } = agentOf(request);
    const called = { at: clock.now(), by: { id, name } };
    const notice = await siteNotices.call(one.parse(request.body).id, called);
    board.forget();
    if (notice === undefined) {
      return refuse(reply, 404, GONE);
    }
    await note(request, 'call_contact', subjectOf(notice));
    return reply.code(204).send();
  });

  desk.post('/desk/api/site-notices/export', async (request): Promise<SiteNoticesExport> => {
    const { outageId } = outage.parse(request.body);
    const rows = (await readSiteRows(deps)).filter(({ notice }) => notice.outageId === outageId);
    await note(request, 'export_calls', outageId);
    return { name: `khach-nhieu-diem-${outageId.replace(/[^\w-]/g, '_')}.csv`, content: siteNoticesCsv(rows) };
  });

  async function note(request: FastifyRequest, action: AuditAction, subject: string): Promise<void> {
    const { id: actorId, name: actorName } = agentOf(request);
    await deps.audit.append({ at: clock.now(), actorId, actorName, action, subject });
  }
}

function subjectOf({ accountId, contactId, outageId }: SiteNotice): string {
  return `${accountId}, người liên hệ ${contactId}, lịch ${outageId}`;
}
