/** Faults of the time before a connection stands: nothing of the request has left. */
export const NEVER_CONNECTED: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

/** The other side does not prove who it is: nothing of the request has left either. */
export const NEVER_TRUSTED: readonly string[] = [
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];

/** The code of the first cause that has one, or nothing; `fetch` hides it under errors of its own. */
export function faultCode(error: unknown): string {
  for (
    let cause = error;
    typeof cause === 'object' && cause !== null;
    cause = 'cause' in cause ? cause.cause : undefined
  ) {
    if ('code' in cause && typeof cause.code === 'string') {
      return cause.code;
    }
  }
  return '';
}
