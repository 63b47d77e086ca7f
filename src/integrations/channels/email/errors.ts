import type { SendOutcome } from '../../../bot/channel-adapter.ts';

type Failure = Exclude<SendOutcome, { readonly result: 'accepted' }>;

const LOGIN_WAIT_MS = 15 * 60_000;
const SERVER_BUSY = 400;
const SERVER_REFUSES = 500;

/** Steps of the talk before the letter itself is handed over. */
const BEFORE_LETTER = ['EHLO', 'HELO', 'LHLO', 'MAIL FROM', 'RCPT TO', 'API'];

interface MailError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  /** Of a socket's own error. */
  readonly syscall?: string;
  /** `SOCKET_TIMEOUT` is silence in the middle of the talk: the letter may be through. */
  readonly timeoutType?: string;
}

/** What a failed sending means. The library's errors name the address, so they are never logged or kept. */
export function outcomeOf(error: unknown): Failure {
  const { code, command = '', responseCode = 0, ...more } = (error ?? {}) as MailError;
  if (code === 'EAUTH' || command.startsWith('AUTH')) {
    return { result: 'wait', reason: 'email_login_refused', afterMs: LOGIN_WAIT_MS };
  }
  // Without the TLS that was asked for nothing is said, whatever the server answers.
  if (code === 'ETLS' || command.startsWith('STARTTLS')) {
    return { result: 'retry', reason: 'email_unreachable' };
  }
  if (responseCode >= SERVER_REFUSES) {
    return { result: 'refused', reason: 'email_refused' };
  }
  if (responseCode >= SERVER_BUSY) {
    return { result: 'retry', reason: 'email_busy' };
  }
  return hasNotLeft(code, command, more)
    ? { result: 'retry', reason: 'email_unreachable' }
    : { result: 'unknown', reason: 'email_unknown' };
}

/** The library says `CONN` of every trouble with the connection, also after the letter. */
function hasNotLeft(code: string | undefined, command: string, { syscall, timeoutType }: MailError): boolean {
  return (
    BEFORE_LETTER.some((step) => command.startsWith(step)) ||
    code === 'EDNS' ||
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    (code === 'ETIMEDOUT' && timeoutType !== 'SOCKET_TIMEOUT')
  );
}
