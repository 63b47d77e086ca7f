import type { FormData } from 'undici';
import { z } from 'zod';
import type { Http, HttpResult } from './http.ts';
import type { CallPurpose, Pacer } from './pacer.ts';
import type { ZaloCredentials, ZaloSettings } from './settings.ts';
import { templateClassOf } from './template-errors.ts';
import type { NoToken, TokenKeeper } from './token-keeper.ts';
import { appSecretProof } from './verify.ts';

/** How a call of the OA API ended. */
export type ApiResult =
  | { readonly kind: 'ok'; readonly data: unknown }
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'paused'; readonly afterMs: number }
  | { readonly kind: 'no_token'; readonly why: NoToken['missing'] }
  | { readonly kind: 'not_sent' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'server_error'; readonly status: number };

/** Calls the OA API with the OA's token. */
export interface ZaloApi {
  post(path: string, body: object, purpose?: CallPurpose): Promise<ApiResult>;
  /** The same on the host of templates by phone. */
  postBusiness(path: string, body: object, purpose?: CallPurpose): Promise<ApiResult>;
  upload(path: string, makeForm: () => FormData, purpose: CallPurpose): Promise<ApiResult>;
  /** Reads something, when calls are to spare. */
  read(path: string, query: object): Promise<ApiResult>;
}

interface Call {
  /** The OA API's when not given. */
  readonly base?: string;
  readonly path: string;
  /** Absent: a call that reads. */
  readonly body?: string | (() => FormData);
  readonly purpose: CallPurpose;
}

const RATE_LIMITED = -32;
const UNAUTHORIZED = 401;

const answerSchema = z.looseObject({
  error: z.union([
    z.number().int(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ]),
  data: z.unknown().optional(),
});

export function createZaloApi(deps: {
  readonly http: Http;
  readonly keeper: TokenKeeper;
  readonly pacer: Pacer;
  readonly credentials: ZaloCredentials;
  readonly settings: Pick<ZaloSettings, 'openapiBase' | 'businessBase' | 'sendsProof'>;
}): ZaloApi {
  const { http, keeper, pacer, credentials, settings } = deps;

  async function callWith(
    token: string,
    { base = settings.openapiBase, path, body, purpose }: Call,
  ): Promise<ApiResult> {
    const room = await pacer.take(purpose);
    if (!room.ok) {
      return { kind: 'paused', afterMs: room.afterMs };
    }
    const url = `${base}${path}`;
    const headers = {
      access_token: token,
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
      ...(settings.sendsProof && { appsecret_proof: appSecretProof(token, credentials.appSecret) }),
    };
    const result =
      body === undefined
        ? await http.get({ url, headers })
        : await http.post({ url, headers, body: typeof body === 'string' ? body : body() });
    return read(result, pacer);
  }

  async function run(call: Call): Promise<ApiResult> {
    const first = await keeper.current();
    if ('missing' in first) {
      return { kind: 'no_token', why: first.missing };
    }
    const result = await callWith(first.token, call);
    // Of both numberings: no code of a token in one means anything else in the other.
    if (result.kind !== 'error' || templateClassOf(result.code) !== 'token') {
      return result;
    }
    const second = await keeper.replace(first.token);
    return 'missing' in second ? { kind: 'no_token', why: second.missing } : callWith(second.token, call);
  }

  return {
    post: (path, body, purpose = 'message') => run({ path, body: JSON.stringify(body), purpose }),
    postBusiness: (path, body, purpose = 'message') =>
      run({ base: settings.businessBase, path, body: JSON.stringify(body), purpose }),
    upload: (path, makeForm, purpose) => run({ path, body: makeForm, purpose }),
    read: (path, query) => run({ path: `${path}?data=${encodeURIComponent(JSON.stringify(query))}`, purpose: 'spare' }),
  };
}

/** Errors come as HTTP 200, and their number sometimes as a string. */
function read(result: HttpResult, pacer: Pacer): ApiResult {
  if (result.kind !== 'answer') {
    return result;
  }
  pacer.told(result.rate);
  const parsed = answerSchema.safeParse(result.json);
  if (!parsed.success) {
    return result.status === UNAUTHORIZED ? { kind: 'error', code: -216 } : { kind: 'unknown' };
  }
  const { error, data } = parsed.data;
  if (error === RATE_LIMITED) {
    pacer.told({ limit: undefined, remain: 0 });
  }
  return error === 0 ? { kind: 'ok', data } : { kind: 'error', code: error };
}
