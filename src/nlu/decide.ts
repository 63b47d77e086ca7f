import type { Decision, IntentScore } from './understanding.ts';

/** A request that is none of ours: such an utterance is never accepted. */
export const OUTSIDE_INTENT = 'out_of_scope';
/** Intents that open or close a message rather than ask for something. */
const COURTESIES: ReadonlySet<string> = new Set([
  'greeting',
  'thanks_goodbye',
  'bot_identity',
  'cancel',
  OUTSIDE_INTENT,
]);

/** Whether a catalogue is one of conversations, in which the first request of a message is its intent. */
export function hasRequests(intents: readonly string[]): boolean {
  return intents.some((intent) => COURTESIES.has(intent));
}

/** Whether an intent opens or closes a message; what else the message asks for does not change its place. */
export function isCourtesy(intent: string | undefined): boolean {
  return intent !== undefined && COURTESIES.has(intent);
}

/** Requests that hold others within them: an outage asked about is also reported. */
const INCLUDED: ReadonlySet<string> = new Set(['outage_status+outage_report']);

/** So likely to be none of ours, a request is asked about first. */
const OUTSIDE_SHARE = 0.15;
const CLAUSE_SURE = 0.75;
const LEAST_SHARE = 0.08;
const CLEAR_SECOND = 0.9;

/** Accept, ask back or reject, by the threshold of the best intent. */
export function decide(
  ranked: readonly IntentScore[],
  belongs: boolean,
  acceptAbove: (intent: string) => number,
): Decision {
  const best = ranked[0];
  if (best === undefined || !belongs || best.intent === OUTSIDE_INTENT) return 'reject';
  const outside = ranked.find((score) => score.intent === OUTSIDE_INTENT)?.confidence ?? 0;
  return best.confidence >= acceptAbove(best.intent) && outside < OUTSIDE_SHARE ? 'accept' : 'clarify';
}

/** What a clause alone asks for. */
export interface ClauseScore extends IntentScore {
  /** Whether it asks or bids at all; a clause that only tells is the reason for what is asked after it. */
  readonly asks: () => boolean;
}

/**
 * Puts the first request of several first: when an early clause alone clearly asks for what is second on the
 * whole, the two change places. Also names the second request, if there is one.
 */
export function orderRequests(
  ranked: readonly IntentScore[],
  clauses: readonly ClauseScore[],
): { readonly ranked: readonly IntentScore[]; readonly secondIntent?: string } {
  const best = ranked[0];
  if (best === undefined || isCourtesy(best.intent)) return { ranked };
  const clear = clauses.filter((clause) => clause.confidence >= CLAUSE_SURE && !COURTESIES.has(clause.intent));
  const shareOf = (intent: string): number => ranked.find((score) => score.intent === intent)?.confidence ?? 0;
  const first = clear[0];
  if (
    first !== undefined &&
    first.intent !== best.intent &&
    shareOf(first.intent) >= LEAST_SHARE &&
    clear.some((clause) => clause.intent === best.intent) &&
    first.asks()
  ) {
    const moved = ranked.find((score) => score.intent === first.intent) as IntentScore;
    const swapped = { intent: moved.intent, confidence: Math.max(moved.confidence, best.confidence) };
    const rest = ranked.filter((score) => score.intent !== first.intent);
    return {
      ranked: [swapped, ...rest.map((score) => (score === best ? { ...score, confidence: moved.confidence } : score))],
      secondIntent: best.intent,
    };
  }
  const second = clear.find(
    (clause) =>
      clause.intent !== best.intent &&
      !INCLUDED.has(`${best.intent}+${clause.intent}`) &&
      (shareOf(clause.intent) >= LEAST_SHARE || clause.confidence >= CLEAR_SECOND),
  );
  return second === undefined ? { ranked } : { ranked, secondIntent: second.intent };
}
