import type { Dispatcher } from 'undici';
import { checkMedia } from './check-media.ts';
import type { MediaResult } from './media.ts';
import { admit, type MediaSource } from './media-source.ts';
import { createPublicLookup, type FindAddresses, NOT_PUBLIC } from './public-lookup.ts';

/** Brings a file that somebody else has named. Never throws. */
export type FetchMedia = (url: string) => Promise<MediaResult>;

export interface FetchMediaOptions {
  readonly source: MediaSource;
  readonly mostBytes?: number;
  /** For the whole way, redirects included, ms. */
  readonly timeoutMs?: number;
  readonly findAddresses?: FindAddresses | undefined;
  /** What an address is asked with beside the usual, at every redirect anew: a token must go to its own hosts only. */
  readonly headersFor?: ((url: URL) => Promise<Readonly<Record<string, string>>>) | undefined;
}

/** Phones send pictures of up to 8 MB; Zalo lets no file above 5 MB through, Telegram none above 20. */
const MOST_BYTES = 20 * 1024 * 1024;
const TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 5_000;
const MOST_REDIRECTS = 3;
const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

type Answer =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'elsewhere'; readonly url: string }
  | Exclude<MediaResult, { kind: 'media' }>;

/**
 * Downloads with every guard that an address from outside needs: hosts of the list only, over https, at public
 * addresses only (after the name is resolved, and again at every redirect), no more bytes and time than allowed.
 * What comes is checked by `checkMedia`.
 */
export function createFetchMedia(options: FetchMediaOptions): FetchMedia {
  const { source, mostBytes = MOST_BYTES, timeoutMs = TIMEOUT_MS } = options;
  const guarded = { timeout: CONNECT_TIMEOUT_MS, lookup: createPublicLookup(options.findAddresses) };

  return async (first) => {
    // Loaded with the first file: a start need not wait for it.
    const undici = await import('undici');
    const signal = AbortSignal.timeout(timeoutMs);
    let url = first;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const admission = admit(url, source);
      if (admission.kind === 'refused') {
        return admission;
      }
      // Of its own for every hop, so that no connection outlives the check of its address.
      const agent = new undici.Agent({ connect: admission.isTrusted ? { timeout: CONNECT_TIMEOUT_MS } : guarded });
      const answer = await ask(admission.url, {
        ...{ request: undici.request, agent, signal, mostBytes, headersFor: options.headersFor },
      }).finally(() => agent.destroy());
      if (answer.kind === 'bytes') {
        return checkMedia(answer.bytes);
      }
      if (answer.kind !== 'elsewhere') {
        return answer;
      }
      url = answer.url;
    }
    return { kind: 'refused', reason: 'too_many_redirects' };
  };
}

interface AskOptions {
  readonly request: typeof import('undici').request;
  readonly agent: Dispatcher;
  readonly signal: AbortSignal;
  readonly mostBytes: number;
  readonly headersFor: FetchMediaOptions['headersFor'];
}

async function ask(url: URL, { request, agent, signal, mostBytes, headersFor }: AskOptions): Promise<Answer> {
  try {
    const asked = { dispatcher: agent, signal, headers: (await headersFor?.(url)) ?? {} };
    const { statusCode, headers, body } = await request(url, asked);
    const { location } = headers;
    if (statusCode >= 300 && statusCode < 400 && typeof location === 'string') {
      return { kind: 'elsewhere', url: URL.parse(location, url)?.href ?? location };
    }
    if (statusCode >= SERVER_ERROR || statusCode === TOO_MANY_REQUESTS) {
      return { kind: 'failed', reason: `http_${statusCode}` };
    }
    if (statusCode !== 200) {
      return { kind: 'refused', reason: 'not_there' };
    }
    if (Number(headers['content-length'] ?? 0) > mostBytes) {
      return { kind: 'refused', reason: 'too_large' };
    }
    const bytes = await readUpTo(body, mostBytes);
    return bytes === undefined ? { kind: 'refused', reason: 'too_large' } : { kind: 'bytes', bytes };
  } catch (error) {
    return codesOf(error).includes(NOT_PUBLIC)
      ? { kind: 'refused', reason: 'address_not_public' }
      : { kind: 'failed', reason: signal.aborted ? 'too_slow' : 'unreachable' };
  }
}

/** `undefined` as soon as there is more. */
async function readUpTo(body: Dispatcher.ResponseData['body'], mostBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The codes of an error and of those inside it: `connect` may hide the one that matters. */
function codesOf(error: unknown): readonly unknown[] {
  if (typeof error !== 'object' || error === null) {
    return [];
  }
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: readonly unknown[] };
  return [code, ...codesOf(cause), ...(errors ?? []).flatMap(codesOf)];
}
