/** How much is known about who is writing, per customer code. */
export type IdentityLevel = 'anonymous' | 'code_known' | 'verified';

export interface Identity {
  readonly level: IdentityLevel;
  /** UTC milliseconds after which the level falls back to `code_known`. */
  readonly validUntil: number;
}

/** Identity by customer code. */
export type Identities = Readonly<Record<string, Identity>>;

const RANK: Record<IdentityLevel, number> = { anonymous: 0, code_known: 1, verified: 2 };

/** The level that holds now for a customer code. */
export function levelOf(identities: Identities, customerCode: string | undefined, now: number): IdentityLevel {
  const identity = customerCode === undefined ? undefined : identities[customerCode];
  if (identity === undefined) {
    return 'anonymous';
  }
  return identity.level === 'verified' && identity.validUntil <= now ? 'code_known' : identity.level;
}

export function isEnough(has: IdentityLevel, needs: IdentityLevel): boolean {
  return RANK[has] >= RANK[needs];
}
