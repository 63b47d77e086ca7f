import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type RateLimiter, takeOne } from '../rate-limiters.ts';
import { type CollectDeps, collectPersonData, type PersonData } from './collect-person-data.ts';
import { type DataSubject, EXPORT_PATH, type ExportLinks } from './export-links.ts';
import { exportPage } from './export-page.ts';

export interface ExportRoutesDeps extends CollectDeps {
  readonly exportLinks: Pick<ExportLinks, 'open'>;
  /** How often what is kept about one person may be opened. */
  readonly openings: RateLimiter;
}

const FILE = /\/data\.json$/;

/** Where the links of `data-request.dialog.yaml` lead: a page to read, and the same as JSON. */
export function createExportRoutes(deps: ExportRoutesDeps): { register(app: FastifyInstance): Promise<void> } {
  return {
    async register(app) {
      // A wildcard, because a token is longer than the parameter of a path may be.
      app.get<{ Params: { readonly '*': string } }>(`${EXPORT_PATH}/*`, async ({ params }, reply) => {
        const token = params['*'].replace(FILE, '');
        const subject = deps.exportLinks.open(token, deps.clock.now());
        const waitMs = subject === undefined ? 0 : (await takeOne(deps.openings, keyOf(subject))).waitMs;
        if (waitMs > 0) {
          return closed(reply)
            .code(429)
            .header('retry-after', Math.ceil(waitMs / 1_000))
            .type('text/plain; charset=utf-8')
            .send(TOO_OFTEN);
        }
        const data = subject && (await collectPersonData(deps, subject));
        return FILE.test(params['*']) ? sendFile(closed(reply), data) : sendPage(closed(reply), data);
      });
    },
  };
}

function sendPage(reply: FastifyReply, data: PersonData | undefined): FastifyReply {
  reply.type('text/html; charset=utf-8');
  return data === undefined ? reply.code(404).send(GONE) : reply.send(exportPage(data));
}

function sendFile(reply: FastifyReply, data: PersonData | undefined): FastifyReply {
  reply.type('application/json; charset=utf-8');
  return data === undefined
    ? reply.code(404).send(JSON.stringify({ error: 'The link is not ours or is too old.' }))
    : reply
        .header('content-disposition', 'attachment; filename="du-lieu-ca-nhan.json"')
        .send(JSON.stringify(data, undefined, 2));
}

/** Kept by nobody on the way, shown in no frame, told to no other site. */
function closed(reply: FastifyReply): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('x-robots-tag', 'noindex')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
}

/** Counters may stand outside this house: nobody is named to them. */
function keyOf(subject: DataSubject): string {
  return createHash('sha256').update(JSON.stringify(subject)).digest('base64url');
}

const TOO_OFTEN = 'Trang này vừa được mở nhiều lần. Anh/chị vui lòng thử lại sau ít phút.';
const GONE =
  '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Hết hạn</title><p>Đường dẫn không đúng hoặc đã hết hạn. Anh/chị nhắn "xem dữ liệu của tôi" để nhận đường dẫn mới.</p></html>';
