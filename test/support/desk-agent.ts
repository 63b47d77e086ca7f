import { randomUUID } from 'node:crypto';
import type { ConversationAnswer } from '../../src/integrations/agent-desk/desk-api/conversation.ts';
import type { QueueAnswer } from '../../src/integrations/agent-desk/desk-api/queue.ts';
import { PAGE_HEADERS } from './desk-server.ts';

/** An agent of the demo who works at a server over HTTP. */
export interface DeskAgent {
  /** Conversations that wait. */
  queue(): Promise<readonly string[]>;
  conversation(id: string): Promise<ConversationAnswer>;
  /** Does an act; throws when the desk refuses it. */
  act(name: string, conversationId: string, more?: object): Promise<void>;
}

/** Logs in with the public password of a demo agent. `base` may change: any node takes the same session. */
export async function logInDemoAgent(base: () => string, login = 'lan'): Promise<DeskAgent> {
  const json = { ...PAGE_HEADERS, 'content-type': 'application/json' };
  const { demoAgents } = (await (await fetch(`${base()}/desk/api/session`, { headers: json })).json()) as {
    demoAgents: readonly { login: string; password: string }[];
  };
  const password = demoAgents.find((agent) => agent.login === login)?.password;
  const answer = await fetch(`${base()}/desk/api/login`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ login, password }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';

  async function call<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${base()}${path}`, {
      headers: { ...json, cookie },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as T;
  }

  return {
    queue: async () => (await call<QueueAnswer>('/desk/api/queue')).queue.map((row) => row.conversationId),
    conversation: (id) => call(`/desk/api/conversation?id=${encodeURIComponent(id)}`),
    async act(name, conversationId, more = {}) {
      await call(`/desk/api/acts/${name}`, { conversationId, key: randomUUID(), ...more });
    },
  };
}
