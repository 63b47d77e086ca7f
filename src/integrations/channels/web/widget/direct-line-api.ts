import type { Banner } from '../../../banner/banner.ts';
import type { WebActivity } from '../render.ts';

export interface Session {
  readonly conversationId: string;
  readonly token: string;
  /** On the clock of `performance.now()`, so that a wrong clock of the visitor's device does no harm. */
  readonly renewAt: number;
  readonly expiresAt: number;
}

export interface ActivitySet {
  readonly activities: readonly WebActivity[];
  readonly watermark: string;
  /** What everybody must know now, whenever it has changed. */
  readonly banner?: Banner;
}

export interface Outgoing {
  readonly id: string;
  readonly text: string;
  readonly choice?: string;
  readonly place?: Place;
}

/** Where the visitor is, degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** How a call to the server ended. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  /** `expired`: fetch a new token. `refused`: will be refused again. `later`: try again. */
  | {
      readonly ok: false;
      readonly why: 'expired' | 'refused' | 'later';
      readonly note?: string;
      readonly afterMs?: number;
    };

/** The calls of the web channel that the widget makes. None throws. */
export interface DirectLineApi {
  openSession(): Promise<Outcome<Session>>;
  refresh(session: Session): Promise<Outcome<Session>>;
  streamUrl(session: Session, watermark: string): Promise<Outcome<string>>;
  activities(session: Session, watermark: string): Promise<Outcome<ActivitySet>>;
  post(session: Session, outgoing: Outgoing): Promise<Outcome<string>>;
  /** Sends a file; `onProgress` is told the part that is through, from 0 to 1. */
  upload(
    session: Session,
    upload: { readonly id: string; readonly file: File },
    onProgress: (part: number) => void,
  ): Promise<Outcome<string>>;
}

const TIMEOUT_MS = 15_000;
/** For a large photo over a poor line. */
const UPLOAD_TIMEOUT_MS = 120_000;

interface TokenBody {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
}

export function createDirectLineApi(base: string): DirectLineApi {
  async function call<T>(method: string, path: string, token?: string, body?: unknown): Promise<Outcome<T>> {
    const headers = new Headers();
    if (token !== undefined) {
      headers.set('authorization', `Bearer ${token}`);
    }
    if (body !== undefined) {
      headers.set('content-type', 'application/json');
    }
    try {
      const answer = await fetch(base + path, {
        method,
        headers,
        credentials: 'include',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return answer.ok ? { ok: true, value: (await answer.json()) as T } : await failure(answer);
    } catch {
      return { ok: false, why: 'later' };
    }
  }

  const conversation = (session: Session) => `/v3/directline/conversations/${session.conversationId}`;

  return {
    openSession: async () => mapValue(await call<TokenBody>('POST', '/chat/session'), toSession),
    refresh: async (session) =>
      mapValue(await call<TokenBody>('POST', '/v3/directline/tokens/refresh', session.token), toSession),
    streamUrl: async (session, watermark) =>
      mapValue(
        await call<{ streamUrl: string }>('GET', `${conversation(session)}?watermark=${watermark}`, session.token),
        ({ streamUrl }) => `${streamUrl}&banner=1`,
      ),
    activities: (session, watermark) =>
      call<ActivitySet>('GET', `${conversation(session)}/activities?watermark=${watermark}&banner=1`, session.token),
    post: async (session, { id, text, choice, place }) =>
      mapValue(
        await call<{ id: string }>('POST', `${conversation(session)}/activities`, session.token, {
          type: 'message',
          from: { id: session.conversationId },
          locale: 'vi-VN',
          ...(place === undefined ? { text } : { entities: [{ type: 'Place', geo: place }] }),
          channelData: choice === undefined ? { clientActivityID: id } : { clientActivityID: id, choice },
        }),
        (accepted) => accepted.id,
      ),
    upload: (session, upload, onProgress) =>
      postForm(`${base}${conversation(session)}/upload`, session, upload, onProgress),
  };
}

/** `fetch` tells nothing of what is through. */
function postForm(
  url: string,
  { token, conversationId }: Session,
  { id, file }: { readonly id: string; readonly file: File },
  onProgress: (part: number) => void,
): Promise<Outcome<string>> {
  const form = new FormData();
  const activity = { type: 'message', from: { id: conversationId }, channelData: { clientActivityID: id } };
  form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
  form.append('file', file, file.name);
  const request = new XMLHttpRequest();
  request.open('POST', url);
  request.withCredentials = true;
  request.timeout = UPLOAD_TIMEOUT_MS;
  request.setRequestHeader('authorization', `Bearer ${token}`);
  request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
  return new Promise((resolve) => {
    request.onload = async () => {
      const { status, responseText } = request;
      const retryAfter = request.getResponseHeader('retry-after');
      const headers = retryAfter === null ? {} : { 'retry-after': retryAfter };
      const answer = new Response(responseText, { status, headers });
      resolve(answer.ok ? { ok: true, value: id } : await failure(answer));
    };
    request.onerror = () => resolve({ ok: false, why: 'later' });
    request.ontimeout = request.onerror;
    request.send(form);
  });
}

async function failure(answer: Response): Promise<Outcome<never>> {
  if (answer.status === 401 || answer.status === 403) {
    return { ok: false, why: 'expired' };
  }
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  const wait = Number.isFinite(seconds) && seconds > 0 ? { afterMs: seconds * 1000 } : {};
  if (answer.status === 429 || answer.status >= 500 || answer.status === 408) {
    return { ok: false, why: 'later', ...wait };
  }
  const body = (await answer.json().catch(() => undefined)) as { error?: { message?: string } } | undefined;
  const note = body?.error?.message;
  return { ok: false, why: 'refused', ...(note === undefined ? {} : { note }) };
}

function mapValue<T, U>(outcome: Outcome<T>, change: (value: T) => U): Outcome<U> {
  return outcome.ok ? { ok: true, value: change(outcome.value) } : outcome;
}

function toSession({ conversationId, token, expires_in }: TokenBody): Session {
  const now = performance.now();
  return { conversationId, token, renewAt: now + expires_in * 500, expiresAt: now + expires_in * 1000 };
}
