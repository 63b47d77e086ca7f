import { Agent, type FormData, fetch } from 'undici';

/** How one HTTP call to Zalo ended. */
export type HttpResult =
  | { readonly kind: 'answer'; readonly status: number; readonly json: unknown; readonly remain: number | undefined }
  /** The connection could not be opened: nothing has left this machine. */
  | { readonly kind: 'not_sent' }
  /** The request was on its way when the answer failed to come: it may have been carried out. */
  | { readonly kind: 'unknown' }
  /** A status or a page of a server in trouble. */
  | { readonly kind: 'server_error'; readonly status: number };

export interface HttpCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData;
}

/** Posts to Zalo, never throws. */
export interface Http {
  post(call: HttpCall): Promise<HttpResult>;
  /** Lets calls under way end; takes no new ones. */
  close(): Promise<void>;
}

/** Errors of the time before the first byte of a request. */
const BEFORE_SENDING = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_CLOSED',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];
const LONGEST_ANSWER = 1024 * 1024;

export function createHttp(limits: { readonly httpTimeoutMs: number; readonly connectTimeoutMs: number }): Http {
  const agent = new Agent({
    connect: { timeout: limits.connectTimeoutMs },
    maxResponseSize: LONGEST_ANSWER,
    keepAliveTimeout: 4_000,
  });
  return {
    async post({ url, headers, body }) {
      try {
        const signal = AbortSignal.timeout(limits.httpTimeoutMs);
        const answer = await fetch(url, {
          method: 'POST',
          headers,
          body,
          signal,
          redirect: 'error',
          dispatcher: agent,
        });
        const remain = Number(answer.headers.get('x-ratelimit-remain') ?? Number.NaN);
        return readAnswer(answer.status, await answer.text(), Number.isFinite(remain) ? remain : undefined);
      } catch (error) {
        return { kind: BEFORE_SENDING.includes(codeOf(error)) ? 'not_sent' : 'unknown' };
      }
    },
    close: () => agent.close(),
  };
}

function readAnswer(status: number, text: string, remain: number | undefined): HttpResult {
  if (status < 500) {
    try {
      return { kind: 'answer', status, json: JSON.parse(text) as unknown, remain };
    } catch {
      // A page of some machine in between.
    }
  }
  return { kind: 'server_error', status };
}

/** The code of the first cause that has one; `fetch` hides it under errors of its own. */
function codeOf(error: unknown): string {
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
