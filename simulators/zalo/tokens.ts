import type { Stage } from './stage.ts';
import { countUp } from './world.ts';

const DAY_MS = 86_400_000;

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Whether the life of a token or code is over. */
export function isExpired(token: { readonly expiresAt: number }, now: number): boolean {
  return now >= token.expiresAt;
}

/** Hands out a new pair. From this moment the earlier access token is dead. [DOC] */
export function issueTokens({ world, ids, clock }: Stage): TokenPair {
  const n = countUp(world, 'tokens');
  const { accessTokenSeconds, refreshTokenDays } = world.settings.oauth;
  for (const token of world.accessTokens.values()) {
    token.isDead = true;
  }
  // [INFER] a new grant ends the earlier chain as well: one app has one chain with an OA.
  for (const token of world.refreshTokens.values()) {
    token.isUsed = true;
  }
  const pair = {
    accessToken: `sim-access-${n}-${ids.hex(48, 'access', n)}`,
    refreshToken: `sim-refresh-${n}-${ids.hex(48, 'refresh', n)}`,
  };
  const now = clock.now();
  world.accessTokens.set(pair.accessToken, { expiresAt: now + accessTokenSeconds * 1000, isDead: false });
  world.refreshTokens.set(pair.refreshToken, { expiresAt: now + refreshTokenDays * DAY_MS, isUsed: false });
  return pair;
}

/** What the server thinks of an access token. */
export function stateOfAccessToken({ world, clock }: Stage, token: string): 'valid' | 'dead' | 'unknown' {
  const known = world.accessTokens.get(token);
  if (known === undefined) {
    return 'unknown';
  }
  return known.isDead || isExpired(known, clock.now()) ? 'dead' : 'valid';
}

/** Ends the life of the current access token; the refresh token stays good. */
export function expireAccessTokens({ world }: Stage): void {
  for (const token of world.accessTokens.values()) {
    token.isDead = true;
  }
}

/** Takes the grant back: nothing works until somebody consents again. */
export function revokeGrant(stage: Stage): void {
  expireAccessTokens(stage);
  for (const token of stage.world.refreshTokens.values()) {
    token.isUsed = true;
  }
  for (const code of stage.world.codes.values()) {
    code.isUsed = true;
  }
}
