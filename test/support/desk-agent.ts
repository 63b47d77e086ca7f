import { randomUUID } from 'node:crypto';
import type { ConversationAnswer } from '../../src/integrations/agent-desk/desk-api/conversation.ts';
import type { QueueAnswer } from '../../src/integrations/agent-desk/desk-api/queue.ts';
import { PAGE_HEADERS } from './desk-server.ts';

const JSON_HEADERS = { ...PAGE_HEADERS, 'content-type': 'application/json' };

/** An agent who works at a server over HTTP. */
export interface DeskAgent {
  /** Conversations that wait. */
  queue(): Promise<readonly string[]>;
  conversation(id: string): Promise<ConversationAnswer>;
  /** Does an act; throws when the desk refuses it. */
  act(name: string, conversationId: string, more?: object): Promise<void>;
  /** Does an act; resolves with what the desk says. */
  tryAct(name: string, conversationId: string, more?: object): Promise<DeskAnswer>;
  /** The same log-in at another node. */
  at(base: () => string): DeskAgent;
  /** The headers of his browser, for a live socket. */
  readonly headers: { readonly cookie: string; readonly origin: string };
}

export interface DeskAnswer {
  readonly status: number;
  readonly body: { readonly code?: string; readonly message?: string };
}

/** Logs in with the public password of a demo agent. `base` may change: any node takes the same session. */
export async function logInDemoAgent(base: () => string, login = 'lan'): Promise<DeskAgent> {
  return logInAgent(base, { login, password: await demoPassword(base(), login) });
}

/** The public password of a demo agent. */
export async function demoPassword(address: string, login: string): Promise<string> {
  const { demoAgents } = (await (await fetch(`${address}/desk/api/session`, { headers: JSON_HEADERS })).json()) as {
    demoAgents: readonly { login: string; password: string }[];
  };
  return demoAgents.find((agent) => agent.login === login)?.password ?? '';
}

/** Logs in. `base` may change: any node takes the same session. */
export async function logInAgent(
  base: () => string,
  account: { readonly login: string; readonly password: string },
): Promise<DeskAgent> {
  const entered = await fetch(`${base()}/desk/api/login`, {
    method: 'POST',
    headers: JSON_HEADERS,
    body: JSON.stringify(account),
  });
  return agentAt(base, entered.headers.get('set-cookie')?.split(';')[0] ?? '');
}

function agentAt(base: () => string, cookie: string): DeskAgent {
  async function call(path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${base()}${path}`, {
      headers: { ...JSON_HEADERS, cookie },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }
  async function demand<T>(path: string, body?: object): Promise<T> {
    const answer = await call(path, body);
    if (answer.status !== 200) {
      throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body as T;
  }
  const actBody = (conversationId: string, more: object) => ({ conversationId, key: randomUUID(), ...more });

  return {
    queue: async () => (await demand<QueueAnswer>('/desk/api/queue')).queue.map((row) => row.conversationId),
    conversation: (id) => demand(`/desk/api/conversation?id=${encodeURIComponent(id)}`),
    async act(name, conversationId, more = {}) {
      await demand(`/desk/api/acts/${name}`, actBody(conversationId, more));
    },
    tryAct: async (name, conversationId, more = {}) =>
      (await call(`/desk/api/acts/${name}`, actBody(conversationId, more))) as DeskAnswer,
    at: (other) => agentAt(other, cookie),
    headers: { cookie, origin: base() },
  };
}
