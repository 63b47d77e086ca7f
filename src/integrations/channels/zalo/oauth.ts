import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Http } from './http.ts';
import type { ZaloCredentials, ZaloSettings } from './settings.ts';

/** How a request for tokens ended. `refused`: Zalo has said no, and will say no again. */
export type TokenAnswer =
  | {
      readonly kind: 'tokens';
      readonly accessToken: string;
      readonly refreshToken: string;
      readonly expiresInMs: number;
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'not_sent' }
  | { readonly kind: 'unknown' };

export interface OAuth {
  /** Where the OA's admin consents. */
  permissionUrl(consent: { readonly redirectUri: string; readonly verifier: string; readonly state: string }): string;
  exchange(code: string, verifier: string): Promise<TokenAnswer>;
  refresh(refreshToken: string): Promise<TokenAnswer>;
}

// Success means both tokens: errors come as HTTP 200, sometimes without a numeric `error`.
const tokensSchema = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
});

export function createOAuth(
  http: Http,
  { appId, appSecret }: ZaloCredentials,
  { oauthBase }: Pick<ZaloSettings, 'oauthBase'>,
): OAuth {
  async function ask(fields: Record<string, string>): Promise<TokenAnswer> {
    const result = await http.post({
      url: `${oauthBase}/v4/oa/access_token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', secret_key: appSecret },
      body: new URLSearchParams({ app_id: appId, ...fields }).toString(),
    });
    if (result.kind === 'not_sent') {
      return { kind: 'not_sent' };
    }
    if (result.kind !== 'answer') {
      return { kind: 'unknown' };
    }
    const parsed = tokensSchema.safeParse(result.json);
    if (!parsed.success) {
      return { kind: 'refused' };
    }
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = parsed.data;
    return { kind: 'tokens', accessToken, refreshToken, expiresInMs: seconds * 1_000 };
  }

  return {
    permissionUrl({ redirectUri, verifier, state }) {
      const query = new URLSearchParams({
        app_id: appId,
        redirect_uri: redirectUri,
        code_challenge: codeChallenge(verifier),
        state,
      });
      return `${oauthBase}/v4/oa/permission?${query}`;
    },
    exchange: (code, verifier) => ask({ code, grant_type: 'authorization_code', code_verifier: verifier }),
    refresh: (refreshToken) => ask({ refresh_token: refreshToken, grant_type: 'refresh_token' }),
  };
}

/** 43 characters that nobody can guess. */
export function randomVerifier(): string {
  return randomBytes(32).toString('base64url');
}

/** PKCE, S256. */
export function codeChallenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
