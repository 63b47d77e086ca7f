import type { FastifyInstance, FastifyReply } from 'fastify';
import { type CollectDeps, collectPersonData, type PersonData } from './collect-person-data.ts';
import { EXPORT_PATH, type ExportLinks } from './export-links.ts';
import { exportPage } from './export-page.ts';

export interface ExportRoutesDeps extends CollectDeps {
  readonly exportLinks: Pick<ExportLinks, 'open'>;
}

const FILE = /\/data\.json$/;

/** Where the links of `data-request.dialog.yaml` lead: a page to read, and the same as JSON. */
export function createExportRoutes(deps: ExportRoutesDeps): { register(app: FastifyInstance): Promise<void> } {
  async function collect(token: string): Promise<PersonData | undefined> {
    const subject = deps.exportLinks.open(token, deps.clock.now());
    return subject && collectPersonData(deps, subject);
  }

  return {
    async register(app) {
      // A wildcard, because a token is longer than the parameter of a path may be.
      app.get<{ Params: { readonly '*': string } }>(`${EXPORT_PATH}/*`, async ({ params }, reply) => {
        const token = params['*'].replace(FILE, '');
        const data = await collect(token);
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

const GONE =
  '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Hết hạn</title><p>Đường dẫn không đúng hoặc đã hết hạn. Anh/chị nhắn "xem dữ liệu của tôi" để nhận đường dẫn mới.</p></html>';
