import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Clock } from '../../../bot/ports.ts';
import { type OAuth, randomVerifier } from './oauth.ts';
import type { ConsentStore } from './store.ts';
import type { TokenKeeper } from './token-keeper.ts';

export interface ConsentDeps {
  readonly oauth: OAuth;
  readonly consents: ConsentStore;
  readonly keeper: Pick<TokenKeeper, 'accept'>;
  readonly oaId: string;
  /** Our own address as Zalo's console knows it. */
  readonly publicUrl: string;
  readonly clock: Clock;
  /** Opens `/channels/zalo/connect?key=…`; absent: the way begins at the command line only. */
  readonly connectKey: string | undefined;
  readonly onConnected: () => void;
}

export const CALLBACK_PATH = '/channels/zalo/callback';
const CONNECT_PATH = '/channels/zalo/connect';
const CONSENT_LIFE_MS = 30 * 60_000;

/** Begins a consent: the address where the OA's admin says yes. The state is good for one yes, for half an hour. */
export async function beginConsent(
  deps: Pick<ConsentDeps, 'oauth' | 'consents' | 'publicUrl' | 'clock'>,
): Promise<string> {
  const [state, verifier] = [randomVerifier(), randomVerifier()];
  await deps.consents.begin(state, verifier, deps.clock.now());
  return deps.oauth.permissionUrl({ redirectUri: `${deps.publicUrl}${CALLBACK_PATH}`, verifier, state });
}

/** The two pages of the consent: the way to Zalo, and the way back. */
export function registerConsent(app: FastifyInstance, deps: ConsentDeps): void {
  const { connectKey } = deps;
  if (connectKey !== undefined) {
    app.get<{ Querystring: Record<string, string | undefined> }>(CONNECT_PATH, async (request, reply) =>
      isSame(request.query['key'] ?? '', connectKey)
        ? reply.redirect(await beginConsent(deps), 302)
        : answer(reply, 403, 'Liên kết không đúng. Vui lòng lấy lại liên kết từ quản trị viên hệ thống.'),
    );
  }
  app.get<{ Querystring: Record<string, string | undefined> }>(CALLBACK_PATH, async (request, reply) => {
    const { code, state = '', oa_id: oaId } = request.query;
    const verifier = await deps.consents.take(state, deps.clock.now() - CONSENT_LIFE_MS);
    if (verifier === undefined) {
      return answer(reply, 400, 'Phiên kết nối đã hết hạn hoặc không hợp lệ. Vui lòng bắt đầu lại.');
    }
    if (code === undefined || oaId !== deps.oaId) {
      await deps.consents.begin(state, verifier, deps.clock.now());
      const words =
        code === undefined
          ? 'Zalo OA chưa cấp quyền. Vui lòng mở lại liên kết kết nối và chọn "Cho phép".'
          : 'Tài khoản vừa chọn không phải Zalo OA đã khai báo cho hệ thống. Vui lòng mở lại liên kết kết nối và chọn đúng OA.';
      return answer(reply, 400, words);
    }
    const tokens = await deps.oauth.exchange(code, verifier);
    if (tokens.kind !== 'tokens') {
      await deps.consents.begin(state, verifier, deps.clock.now());
      return answer(reply, 502, 'Zalo chưa cấp được mã truy cập. Vui lòng mở lại liên kết kết nối.');
    }
    await deps.keeper.accept(tokens);
    deps.onConnected();
    return answer(reply, 200, 'Đã kết nối Zalo OA. Bạn có thể đóng trang này.');
  });
}

function answer(reply: FastifyReply, status: number, words: string): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Kết nối Zalo OA</title><p>${words.replaceAll('"', '&quot;')}</p></html>`,
    );
}

function isSame(given: string, expected: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
