import { randomUUID } from 'node:crypto';
import type { ZaloStage } from '../../scripts/soak/zalo-stage.ts';
import { addAgent } from '../../src/integrations/agent-desk/add-agent.ts';
import type { ConversationAnswer, UploadAnswer } from '../../src/integrations/agent-desk/desk-api/conversation.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { createSqliteDeskStore } from '../../src/integrations/storage/sqlite/desk-store.ts';
import { PAGE_HEADERS } from './desk-server.ts';

const LOGIN = { login: 'lan', password: 'mot-mat-khau-dai' };

/** An agent at the desk of the running product. */
export interface StageDesk {
  /** Again, when the session is over. */
  logIn(): Promise<void>;
  /** Does something to the conversation; resolves with the status and what the desk says. */
  act(name: 'claim' | 'say', userId: string, more?: object): Promise<{ status: number; body: { message?: string } }>;
  /** The same to a ticket. */
  changeTicket(number: string, state: string, seen: number): Promise<{ status: number; body: unknown }>;
  look(userId: string): Promise<ConversationAnswer>;
  /** Uploads a file; resolves with the address under which it may be sent. */
  upload(userId: string, name: string, bytes: Uint8Array): Promise<string>;
}

/** Adds an agent and logs in, as the product's page does. */
export async function openStageDesk(stage: ZaloStage): Promise<StageDesk> {
  const base = new URL(stage.webhookUrl).origin;
  const clock = { now: stage.now };
  const agents = createSqliteDeskStore(stage.db);
  await addAgent({ agents, clock, ids: createRandomIds(stage.now) }, { ...LOGIN, name: 'Chị Lan', role: 'agent' });
  const headers = { 'content-type': 'application/json', ...PAGE_HEADERS };
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${base}${path}`, { method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify(body) });
  let cookie = '';
  async function logIn(): Promise<void> {
    cookie = (await post('/desk/api/login', LOGIN)).headers.get('set-cookie')?.split(';')[0] ?? '';
  }
  await logIn();
  return {
    logIn,
    async act(name, userId, more = {}) {
      const body = { conversationId: stage.conversationOf(userId), key: randomUUID(), ...more };
      const answer = await post(`/desk/api/acts/${name}`, body, cookie);
      return { status: answer.status, body: (await answer.json()) as { message?: string } };
    },
    async changeTicket(number, state, seen) {
      const body = { key: randomUUID(), number, state, seen, tellsCustomer: true };
      const answer = await post('/desk/api/ticket-state', body, cookie);
      return { status: answer.status, body: await answer.json() };
    },
    async upload(userId, name, bytes) {
      const id = encodeURIComponent(stage.conversationOf(userId));
      const answer = await fetch(`${base}/desk/api/files?id=${id}&name=${encodeURIComponent(name)}`, {
        ...{ method: 'POST', headers: { ...headers, 'content-type': 'application/octet-stream', cookie } },
        body: Buffer.from(bytes),
      });
      return ((await answer.json()) as UploadAnswer).file.url;
    },
    async look(userId) {
      const id = encodeURIComponent(stage.conversationOf(userId));
      const answer = await fetch(`${base}/desk/api/conversation?id=${id}`, { headers: { ...headers, cookie } });
      return (await answer.json()) as ConversationAnswer;
    },
  };
}
