import { createSigner, createVerifier } from 'fast-jwt';
import { z } from 'zod';
import type { Clock, Ids } from '../../../bot/ports.ts';

/**
 * `conversation`: the bearer token of Direct Line. `stream`: opens one socket. `visitor`: the value of the cookie.
 * Each is good for its own purpose only.
 */
export type TokenKind = 'conversation' | 'stream' | 'visitor';

export interface TokenSubject {
  readonly visitor: string;
  /** When set, browsers may use the token from these origins only. */
  readonly origins?: readonly string[];
}

export type VerifiedToken =
  | { readonly ok: true; readonly subject: TokenSubject }
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' };

/** Signed tokens of the web channel. The server keeps no list of them. */
export interface Tokens {
  issue(kind: TokenKind, subject: TokenSubject): string;
  verify(kind: TokenKind, token: string): VerifiedToken;
}

/** Lifetimes in seconds. */
export const LIFETIME_S: Readonly<Record<TokenKind, number>> = {
  conversation: 1800,
  stream: 60,
  visitor: 365 * 24 * 3600,
};

const SHORTEST_KEY = 32;

const claimsSchema = z.object({
  kind: z.enum(['conversation', 'stream', 'visitor']),
  // Direct Line clients read the id of their user from this claim.
  user: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  origins: z.array(z.string()).optional(),
  exp: z.number(),
});

export function createTokens(deps: { key: string; account: string; clock: Clock; ids: Ids }): Tokens {
  if (deps.key.length < SHORTEST_KEY) {
    throw new Error(`The token key of the web channel is too short: give at least ${SHORTEST_KEY} characters.`);
  }
  const sign = createSigner({ key: deps.key, algorithm: 'HS256', aud: deps.account });
  // Expiry is checked below against the injected clock, not by the library against the machine's.
  const check = createVerifier({
    key: deps.key,
    algorithms: ['HS256'],
    allowedAud: deps.account,
    ignoreExpiration: true,
    cache: false,
  });
  return {
    issue(kind, { visitor, origins }) {
      const iat = Math.floor(deps.clock.now() / 1000);
      const claims = { kind, user: visitor, iat, exp: iat + LIFETIME_S[kind], jti: deps.ids.next() };
      return sign(origins === undefined ? claims : { ...claims, origins });
    },
    verify(kind, token) {
      const claims = claimsSchema.safeParse(readClaims(check, token));
      if (!claims.success || claims.data.kind !== kind) {
        return { ok: false, reason: 'invalid' };
      }
      if (claims.data.exp * 1000 <= deps.clock.now()) {
        return { ok: false, reason: 'expired' };
      }
      const { user: visitor, origins } = claims.data;
      return { ok: true, subject: origins === undefined ? { visitor } : { visitor, origins } };
    },
  };
}

function readClaims(check: (token: string) => unknown, token: string): unknown {
  try {
    return check(token);
  } catch {
    return undefined;
  }
}
