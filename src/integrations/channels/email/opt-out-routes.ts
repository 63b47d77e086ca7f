import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { conversationId } from '../../../bot/conversation.ts';
import type { ChannelParts } from '../channel.ts';

export const CHANNEL = 'email';

const ACCOUNT = 'main';
const PATH = '/channels/email/opt-out';

/** Where the receiver of a letter says that he wants no more. Only who has the letter knows the sealed address. */
export function optOutUrl(publicUrl: string, sealed: string): string {
  return `${publicUrl}${PATH}/${sealed}`;
}

/** The link shows a page with one button, as mail programs open links by themselves; the button, or RFC 8058, says no. */
export async function registerOptOut(
  app: FastifyInstance,
  deps: Pick<ChannelParts, 'addresses' | 'optOuts'>,
): Promise<void> {
  const routes: FastifyPluginAsync = async (scope) => {
    // A mail program posts a form (RFC 8058); what stands in it is always the same.
    scope.addContentTypeParser('application/x-www-form-urlencoded', (_request, _payload, done) => done(null));
    scope.addHook('onRequest', async (_request, reply) => {
      reply
        .header('content-security-policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .type('text/html; charset=utf-8');
    });
    scope.get<{ Params: { sealed: string } }>(`${PATH}/:sealed`, async ({ params }, reply) =>
      deps.addresses.open(CHANNEL, params.sealed) === undefined
        ? reply.code(404).send(page('Liên kết này không đúng.'))
        : page(
            'Anh/chị không muốn nhận thư thông báo nữa?',
            '<form method="post"><button>Ngừng nhận thư</button></form>',
          ),
    );
    scope.post<{ Params: { sealed: string } }>(`${PATH}/:sealed`, async ({ params }, reply) => {
      if (deps.addresses.open(CHANNEL, params.sealed) === undefined) {
        return reply.code(404).send(page('Liên kết này không đúng.'));
      }
      await deps.optOuts.add(conversationId({ channel: CHANNEL, account: ACCOUNT, customer: params.sealed }));
      return page('Đã ngừng gửi thư thông báo đến địa chỉ này.');
    });
  };
  await app.register(routes);
}

function page(words: string, more = ''): string {
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Thư thông báo</title><p>${words}</p>${more}</html>`;
}
