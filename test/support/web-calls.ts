import { WebSocket } from 'ws';
import type { WebServer } from './web-server.ts';

export interface Session {
  readonly conversationId: string;
  readonly token: string;
  readonly cookie: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the body of any answer; each test says what it expects
  readonly body: any;
}

export async function call(server: WebServer, method: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(`${server.url}${path}`, { method, ...init });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
}

export async function openSession(server: WebServer, cookie?: string): Promise<Session> {
  const { headers, body } = await call(
    server,
    'POST',
    '/chat/session',
    cookie === undefined ? {} : { headers: { cookie } },
  );
  return { ...body, cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
export const activitiesOf = (id: string) => `/v3/directline/conversations/${id}/activities`;

export function post(server: WebServer, session: Session, activity: unknown, headers: Record<string, string> = {}) {
  return call(server, 'POST', activitiesOf(session.conversationId), {
    headers: { ...bearer(session.token), 'content-type': 'application/json', ...headers },
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });
}

export const says = (text: string, clientActivityID?: string) => ({
  type: 'message',
  from: { id: 'x' },
  text,
  ...(clientActivityID === undefined ? {} : { channelData: { clientActivityID } }),
});

export async function seen(
  server: WebServer,
  session: Session,
  watermark = 0,
): Promise<{ texts: string[]; watermark: string }> {
  const { body } = await call(server, 'GET', `${activitiesOf(session.conversationId)}?watermark=${watermark}`, {
    headers: bearer(session.token),
  });
  return { texts: body.activities.map((activity: { text: string }) => activity.text), watermark: body.watermark };
}

export async function streamUrl(server: WebServer, session: Session): Promise<string> {
  const path = `/v3/directline/conversations/${session.conversationId}?watermark=0`;
  return (await call(server, 'GET', path, { headers: bearer(session.token) })).body.streamUrl;
}

export function openSocket(url: string, origin?: string): Promise<WebSocket> {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

export async function readStream(server: WebServer, session: Session, count: number): Promise<string[]> {
  const socket = new WebSocket(await streamUrl(server, session));
  const texts: string[] = [];
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      if (String(data) !== '') {
        texts.push(...JSON.parse(String(data)).activities.map((activity: { text: string }) => activity.text));
      }
      if (texts.length >= count) {
        socket.terminate();
        resolve(texts);
      }
    });
  });
}
