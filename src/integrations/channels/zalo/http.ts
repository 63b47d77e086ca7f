import type { Agent, FormData, RequestInit } from 'undici';
import { faultCode, NEVER_CONNECTED, NEVER_TRUSTED } from '../../connection-fault.ts';

/** What an answer says of the calls of this minute. */
export interface RateState {
  readonly limit: number | undefined;
  readonly remain: number | undefined;
}

/** How one HTTP call to Zalo ended. */
export type HttpResult =
  | { readonly kind: 'answer'; readonly status: number; readonly json: unknown; readonly rate: RateState }
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

/** Calls Zalo, never throws. */
export interface Http {
  post(call: HttpCall): Promise<HttpResult>;
  get(call: Omit<HttpCall, 'body'>): Promise<HttpResult>;
  /** Lets calls under way end; takes no new ones. */
  close(): Promise<void>;
}

/** Errors of the time before the first byte of a request. */
const BEFORE_SENDING = [...NEVER_CONNECTED, ...NEVER_TRUSTED, 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_CLOSED'];
const LONGEST_ANSWER = 1024 * 1024;

export function createHttp(limits: { readonly httpTimeoutMs: number; readonly connectTimeoutMs: number }): Http {
  let opened: Promise<{ readonly fetch: typeof import('undici').fetch; readonly agent: Agent }> | undefined;

  /** With the first call: a start need not wait for the library. */
  async function open() {
    const undici = await import('undici');
    const agent = new undici.Agent({
      connect: { timeout: limits.connectTimeoutMs },
      maxResponseSize: LONGEST_ANSWER,
      keepAliveTimeout: 4_000,
    });
    return { fetch: undici.fetch, agent };
  }

  async function ask(url: string, request: RequestInit): Promise<HttpResult> {
    opened ??= open();
    const { fetch, agent } = await opened;
    try {
      const signal = AbortSignal.timeout(limits.httpTimeoutMs);
      const answer = await fetch(url, { ...request, signal, redirect: 'error', dispatcher: agent });
      const numberIn = (name: string) => {
        const value = Number(answer.headers.get(name) ?? Number.NaN);
        return Number.isFinite(value) ? value : undefined;
      };
      const rate = { limit: numberIn('x-ratelimit-limit'), remain: numberIn('x-ratelimit-remain') };
      return readAnswer(answer.status, await answer.text(), rate);
    } catch (error) {
      return { kind: BEFORE_SENDING.includes(faultCode(error)) ? 'not_sent' : 'unknown' };
    }
  }

  return {
    post: ({ url, headers, body }) => ask(url, { method: 'POST', headers, body }),
    get: ({ url, headers }) => ask(url, { method: 'GET', headers }),
    close: async () => (await opened)?.agent.close(),
  };
}

function readAnswer(status: number, text: string, rate: RateState): HttpResult {
  if (status < 500) {
    try {
      return { kind: 'answer', status, json: JSON.parse(text) as unknown, rate };
    } catch {
      // A page of some machine in between.
    }
  }
  return { kind: 'server_error', status };
}
