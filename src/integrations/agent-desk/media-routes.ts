import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { KeptMedia, MediaKey } from '../../bot/media.ts';
import type { Clock, DeskEvents, MediaStore } from '../../bot/ports.ts';
import { findHeld, type HeldDeps } from '../privacy/held-conversations.ts';
import { agentOf, refuse } from './guard.ts';

interface MediaDeps extends HeldDeps {
  readonly media: Pick<MediaStore, 'open' | 'remove'>;
  readonly events: DeskEvents;
  readonly clock: Clock;
}

const query = z
  .object({
    id: z.string().min(5).max(400),
    seq: z.coerce.number().int().min(1),
    number: z.coerce.number().int().min(1),
  })
  .transform(({ id: conversationId, seq, number }): MediaKey => ({ conversationId, seq, number }));

const SHOWN = ['image/jpeg', 'image/png'];
/** Should a browser open it after all, it is a page without scripts, origin and network. */
const SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

/** Files of customers: pictures that we have drawn anew are shown, everything else can only be downloaded. */
export function registerMediaRoutes(desk: FastifyInstance, deps: MediaDeps): void {
  const { media, events, clock } = deps;

  desk.get('/desk/api/media', async (request, reply) => {
    const key = query.parse(request.query);
    const file = await media.open(key);
    if (file === undefined) {
      return refuse(reply, 404, { code: 'not_found', message: 'Tệp này không còn.' });
    }
    return reply
      .header('content-security-policy', SANDBOX)
      .header('cross-origin-resource-policy', 'same-origin')
      .header('content-disposition', dispositionOf(key, file))
      .type(file.mime)
      .send(Buffer.from(file.bytes));
  });

  desk.post('/desk/api/media/remove', async (request, reply) => {
    const key = query.parse(request.query);
    const { id: agentId, name: agentName } = agentOf(request);
    if ((await findHeld(deps, clock.now())).conversations.has(key.conversationId)) {
      const message = 'Dữ liệu của cuộc này đang phải giữ theo lệnh, nên không xóa tệp được.';
      return refuse(reply, 409, { code: 'held', message });
    }
    if (!(await media.remove(key, { agentId, agentName }))) {
      return refuse(reply, 404, { code: 'not_found', message: 'Tệp này không còn.' });
    }
    request.log.info({ ...key, agentId }, "desk: an agent has removed a customer's file");
    events.publish({ conversationId: key.conversationId, version: 0 });
    return reply.code(204).send();
  });
}

/** How the page names a file to these routes. */
export function mediaQuery({ conversationId, seq, number }: MediaKey): string {
  return new URLSearchParams({ id: conversationId, seq: String(seq), number: String(number) }).toString();
}

/** Under a name of ours: the customer's own could end in anything. */
function dispositionOf({ seq, number }: MediaKey, { mime, extension }: KeptMedia): string {
  return SHOWN.includes(mime) ? 'inline' : `attachment; filename="tep-khach-${seq}-${number}.${extension}"`;
}
