import type { Clock } from '../../../bot/ports.ts';
import type { OAuth, TokenAnswer } from './oauth.ts';
import type { RefreshTry, TokenGeneration, TokenStore } from './store.ts';

export interface TokenKeeperDeps {
  readonly store: TokenStore;
  readonly oauth: Pick<OAuth, 'refresh'>;
  readonly oaId: string;
  readonly clock: Clock;
  /** The token is renewed when less than this is left, ms. */
  readonly renewBeforeMs: number;
  /** How long a refresh of another process is believed to be under way, ms: longer than the HTTP time-out. */
  readonly leaseMs: number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Called when nothing works any more until the OA's admin consents again. */
  readonly onNeedsConsent: () => void;
}

/** Why there is no token: a human must consent, or Zalo cannot be reached now. */
export type NoToken = { readonly missing: 'needs_consent' | 'unreachable' };

export type TokenResult = { readonly token: string } | NoToken;

/** Keeps the one pair of tokens of an OA alive, whoever else works on the same store. */
export interface TokenKeeper {
  /** A token that should work; renewed beforehand when little time is left. */
  current(): Promise<TokenResult>;
  /** After Zalo has refused a token: the one that another process has fetched since, or a new one. */
  replace(refused: string): Promise<TokenResult>;
  /** Whether nothing but a new consent can bring the next token. Renews nothing. */
  needsConsent(): Promise<boolean>;
  /** Stores what a consent has brought. Durable when it resolves. */
  accept(tokens: Extract<TokenAnswer, { kind: 'tokens' }>): Promise<void>;
}

const POLL_MS = 100;
const REST_AFTER_FAILURE_MS = 5_000;
/** One refresh whose answer was lost, and one careful retry. */
const MOST_UNKNOWN = 2;

export function createTokenKeeper(deps: TokenKeeperDeps): TokenKeeper {
  const { store, oaId, clock } = deps;
  let running: Promise<TokenGeneration | NoToken> | undefined;
  /** Survives a database that is down: safety words must still go out. */
  let remembered: TokenGeneration | undefined;
  /** Tokens that Zalo has issued and the store could not take: the only copy. */
  let unsaved: TokenGeneration | undefined;

  async function latest(): Promise<TokenGeneration | undefined> {
    if (unsaved !== undefined) {
      await save(unsaved);
    }
    remembered = (await store.latest(oaId)) ?? remembered;
    return remembered;
  }

  async function save(tokens: TokenGeneration): Promise<void> {
    unsaved = tokens;
    await store.add(oaId, tokens);
    unsaved = undefined;
  }

  function renew(from: TokenGeneration): Promise<TokenGeneration | NoToken> {
    running ??= refreshAfter(from).finally(() => {
      running = undefined;
    });
    return running;
  }

  /** Makes the generation after `from`, or waits for the process that makes it. */
  async function refreshAfter(from: TokenGeneration): Promise<TokenGeneration | NoToken> {
    const generation = from.generation + 1;
    for (;;) {
      // The tries first: what one of them has brought in the meantime is then found, and not fetched a second time.
      const tries = await store.tries(oaId, generation);
      const newest = await latest();
      if (newest !== undefined && newest.generation > from.generation) {
        return newest;
      }
      const verdict = judge(tries, clock.now(), deps.leaseMs);
      if (verdict === 'wait') {
        await deps.sleep(POLL_MS);
        continue;
      }
      if (verdict !== 'try') {
        return missing(verdict);
      }
      const number = (tries.at(-1)?.number ?? 0) + 1;
      if (await store.beginTry(oaId, generation, { number, startedAt: clock.now() })) {
        await refreshOnce(from, number);
      }
    }
  }

  /** One call. Whatever comes of it is written down; the loop above reads it. */
  async function refreshOnce(from: TokenGeneration, number: number): Promise<void> {
    const generation = from.generation + 1;
    const answer = await deps.oauth.refresh(from.refreshToken);
    if (answer.kind === 'tokens') {
      await save(toGeneration(answer, generation, clock.now()));
    }
    await store.endTry(oaId, generation, number, answer.kind === 'tokens' ? 'done' : answer.kind);
  }

  function missing(why: NoToken['missing']): NoToken {
    if (why === 'needs_consent') {
      deps.onNeedsConsent();
    }
    return { missing: why };
  }

  return {
    async current() {
      const now = await latest().catch(() => unsaved ?? remembered);
      if (now === undefined) {
        return missing('needs_consent');
      }
      if (now.expiresAt - clock.now() >= deps.renewBeforeMs) {
        return { token: now.accessToken };
      }
      const renewed = await renew(now).catch(() => unsaved ?? { missing: 'unreachable' as const });
      // What is left of the old token is better than silence.
      const canGoOn = 'missing' in renewed && now.expiresAt > clock.now();
      return canGoOn ? { token: now.accessToken } : toResult(renewed);
    },
    async replace(refused) {
      const now = await latest().catch(() => unsaved ?? remembered);
      if (now === undefined) {
        return missing('needs_consent');
      }
      if (now.accessToken !== refused) {
        return { token: now.accessToken };
      }
      return toResult(await renew(now).catch(() => unsaved ?? { missing: 'unreachable' as const }));
    },
    async needsConsent() {
      const now = await latest();
      const tries = now === undefined ? [] : await store.tries(oaId, now.generation + 1);
      return now === undefined || judge(tries, clock.now(), deps.leaseMs) === 'needs_consent';
    },
    async accept(answer) {
      for (let isStored = false; !isStored; ) {
        const generation = ((await store.latest(oaId))?.generation ?? 0) + 1;
        isStored = await store.add(oaId, toGeneration(answer, generation, clock.now()));
      }
    },
  };
}

/** What earlier tries at a generation leave to do. */
function judge(
  tries: readonly RefreshTry[],
  now: number,
  leaseMs: number,
): 'try' | 'wait' | 'needs_consent' | 'unreachable' {
  const last = tries.at(-1);
  if (last !== undefined && last.outcome === undefined && now - last.startedAt < leaseMs) {
    return 'wait';
  }
  // A pending marker that nobody ended: its process is gone, and Zalo may have rotated the tokens.
  const unknown = tries.filter(({ outcome }) => outcome === undefined || outcome === 'unknown').length;
  if (tries.some(({ outcome }) => outcome === 'refused') || unknown >= MOST_UNKNOWN) {
    return 'needs_consent';
  }
  return last?.outcome === 'not_sent' && now - last.startedAt < REST_AFTER_FAILURE_MS ? 'unreachable' : 'try';
}

function toResult(made: TokenGeneration | NoToken): TokenResult {
  return 'missing' in made ? made : { token: made.accessToken };
}

function toGeneration(
  { accessToken, refreshToken, expiresInMs }: Extract<TokenAnswer, { kind: 'tokens' }>,
  generation: number,
  issuedAt: number,
): TokenGeneration {
  return { generation, accessToken, refreshToken, issuedAt, expiresAt: issuedAt + expiresInMs };
}
