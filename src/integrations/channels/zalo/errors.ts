import type { SendOutcome } from '../../../bot/channel-adapter.ts';

/**
 * What an error of the OA API asks of us. `token`: renew and try once more. `busy`: later. `upload`: upload again.
 * `recipient`: this customer cannot be written to. `night`: not at this hour. `payload`: our bug. `operator`: a human
 * must put something right with Zalo. `quota`: nothing left to send with.
 */
export type ErrorClass =
  | 'token'
  | 'busy'
  | 'upload'
  | 'recipient'
  | 'night'
  | 'payload'
  | 'operator'
  | 'quota'
  | 'unspecified';

const CODES: Readonly<Record<ErrorClass, readonly number[]>> = {
  token: [-216, 216, 401, -401, -220],
  busy: [-32],
  upload: [-100],
  recipient: [-213, -217, -218, -227, -230, -232, -244],
  night: [-234],
  payload: [-201, -210, -233, -240, -249],
  operator: [-204, -205, -209, -212, -219, -221, -223, -224, -235, -242, -248],
  quota: [-211, -320, -321],
  unspecified: [-200],
};

const REASONS: Readonly<Record<number, string>> = {
  [-213]: 'not_following',
  [-217]: 'blocked_by_customer',
  [-218]: 'customer_quota_used_up',
  [-227]: 'customer_inactive',
  [-230]: 'window_closed',
  [-232]: 'window_closed',
  [-244]: 'blocked_by_customer',
};

const CLASS_OF = new Map(
  Object.entries(CODES).flatMap(([name, codes]) => codes.map((code) => [code, name as ErrorClass] as const)),
);

/** The class of a code; codes that nobody has described are our bug until somebody looks. */
export function classOf(code: number): ErrorClass {
  return CLASS_OF.get(code) ?? 'payload';
}

const MINUTE_MS = 60_000;
const HALF_HOUR_MS = 30 * MINUTE_MS;

/**
 * What the outbox must do about an error that is still there after a renewed token and a new upload. `kind`, `reason`:
 * what the code means where another numbering holds.
 */
export function outcomeOf(
  code: number,
  about: { readonly msToNextMinute: number; readonly kind?: ErrorClass; readonly reason?: string | undefined },
): SendOutcome {
  const kind = about.kind ?? classOf(code);
  switch (kind) {
    case 'busy':
      return { result: 'wait', reason: 'rate_limited', afterMs: about.msToNextMinute };
    case 'unspecified':
      return { result: 'retry', reason: 'zalo_failed' };
    case 'night':
      return { result: 'wait', reason: 'not_at_night', afterMs: HALF_HOUR_MS };
    case 'token':
      return { result: 'wait', reason: 'token_refused', afterMs: MINUTE_MS };
    case 'recipient':
      return { result: 'refused', reason: about.reason ?? REASONS[code] ?? 'unreachable' };
    case 'upload':
    case 'payload':
    case 'operator':
    case 'quota':
      return { result: 'refused', reason: `zalo_${kind}${code}` };
  }
}
