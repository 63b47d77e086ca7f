import type { SendOutcome } from '../../../bot/channel-adapter.ts';
import { classOf, type ErrorClass, outcomeOf } from './errors.ts';

/**
 * Errors of the template channel, which has its own numbering. `operator`: app, OA, template or bill of ours must be put
 * right with Zalo. `recipient`: this phone or person gets none. `night`: not at this hour. `unspecified`: later.
 */
const CODES: Readonly<Partial<Record<ErrorClass, readonly number[]>>> = {
  token: [-124],
  recipient: [-108, -110, -114, -118, -119, -139, -140, -141],
  night: [-133],
  payload: [-107, -109, -111, -112, -1121, -1122, -1124, -113, -1131, -116, -121, -122, -132, -161],
  operator: [
    ...[-101, -102, -103, -104, -105, -117, -1241, -125, -131, -135, -1351, -136, -137, -1381, -138, -145, -146],
  ],
  quota: [-115, -126, -144, -147, -1441, -1471, -1472],
  // On the OA API it is an attachment that is gone.
  unspecified: [-100],
};

const REASONS: Readonly<Record<number, string>> = {
  [-108]: 'phone_invalid',
  [-118]: 'no_zalo_account',
  [-139]: 'notices_refused_by_customer',
  [-140]: 'notices_refused_by_customer',
  [-141]: 'notices_refused_by_customer',
};

const CLASS_OF = new Map(
  Object.entries(CODES).flatMap(([name, codes]) => codes.map((code) => [code, name as ErrorClass] as const)),
);

/** The class of a code that answers a template. By user id Zalo answers some of them in the numbering of the OA API. */
export function templateClassOf(code: number): ErrorClass {
  return CLASS_OF.get(code) ?? classOf(code);
}

/** What the outbox must do about it. `msToMorning`: how long the quiet hours last, where they are known to be. */
export function templateOutcomeOf(
  code: number,
  { msToNextMinute, msToMorning }: { readonly msToNextMinute: number; readonly msToMorning: number | undefined },
): SendOutcome {
  const kind = templateClassOf(code);
  if (kind === 'night' && msToMorning !== undefined) {
    return { result: 'wait', reason: 'not_at_night', afterMs: msToMorning };
  }
  return outcomeOf(code, { msToNextMinute, kind, reason: REASONS[code] });
}
