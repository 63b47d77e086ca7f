import { Agent } from 'node:https';
import { Telegram, TelegramError } from 'telegraf';
import { z } from 'zod';
import { NEVER_CONNECTED, NEVER_TRUSTED } from '../../connection-fault.ts';

/** How one call of the Bot API ended. */
export type ApiResult =
  | { readonly kind: 'ok'; readonly result: unknown }
  | { readonly kind: 'error'; readonly code: number; readonly description: string; readonly retryAfterMs?: number }
  /** A server in trouble, or the page of a machine in between. */
  | { readonly kind: 'server_error'; readonly status: number }
  /** Nothing has left this machine. */
  | { readonly kind: 'not_sent' }
  /** The request was on its way when the answer failed to come. */
  | { readonly kind: 'unknown' };

/** Calls the Bot API through telegraf's client; never throws, as telegraf's errors hold the token or the customer's words. */
export interface TelegramApi {
  call(
    method: string,
    payload: object,
    options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal },
  ): Promise<ApiResult>;
  close(): void;
}

const BEFORE_SENDING = [...NEVER_CONNECTED, ...NEVER_TRUSTED];

const refusalSchema = z.looseObject({
  error_code: z.number(),
  description: z.string().catch(''),
  parameters: z.looseObject({ retry_after: z.number().optional() }).optional().catch(undefined),
});

export function createTelegramApi(options: {
  readonly token: string;
  readonly apiRoot: string;
  readonly httpTimeoutMs: number;
}): TelegramApi {
  const { token, apiRoot, httpTimeoutMs } = options;
  const agent = new Agent({ keepAlive: true, keepAliveMsecs: 10_000 });
  const client = new Telegram(token, { apiRoot, agent, webhookReply: false });
  // Its list of methods and payloads ends at Bot API 7.1; ours are checked against `@grammyjs/types` in the tests.
  const callApi = client.callApi.bind(client) as unknown as (
    method: string,
    payload: object,
    options: { signal: AbortSignal },
  ) => Promise<unknown>;
  return {
    async call(method, payload, { timeoutMs = httpTimeoutMs, signal } = {}) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const until = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
        return { kind: 'ok', result: await callApi(method, { ...payload }, { signal: until }) };
      } catch (error) {
        return toResult(error);
      }
    },
    close: () => agent.destroy(),
  };
}

/** What came back is not Telegram's. */
const NO_ANSWER: ApiResult = { kind: 'server_error', status: 0 };

function toResult(error: unknown): ApiResult {
  if (error instanceof TelegramError) {
    const refusal = refusalSchema.safeParse(error.response);
    if (!refusal.success) {
      // JSON of something else that stands in between.
      return NO_ANSWER;
    }
    const { error_code: code, description, parameters } = refusal.data;
    if (code >= 500) {
      return { kind: 'server_error', status: code };
    }
    const retryAfterMs = parameters?.retry_after === undefined ? undefined : parameters.retry_after * 1_000;
    return { kind: 'error', code, description, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  const { code, type } = (error ?? {}) as { code?: unknown; type?: unknown };
  if (type === 'invalid-json') {
    return NO_ANSWER;
  }
  return { kind: BEFORE_SENDING.includes(String(code)) ? 'not_sent' : 'unknown' };
}
