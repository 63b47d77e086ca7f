import type { ChatMessage, SimulatedUser } from '../../world.ts';

export interface ChatSummary {
  readonly user: SimulatedUser;
  readonly last: ChatMessage | null;
  readonly unread: number;
}

export interface OaState {
  readonly id: string;
  readonly name: string;
  readonly webhook: 'none' | 'active' | 'unsubscribed';
}

/** Asks the controls for something. */
export async function look<T>(path: string): Promise<T> {
  const answer = await fetch(`/__sim/${path}`);
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status}`);
  }
  return (await answer.json()) as T;
}

/** Does something through the controls; the error of a refusal is what they said. */
export async function act<T = unknown>(path: string, body: unknown = {}): Promise<T> {
  const answer = await fetch(`/__sim/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const json: unknown = await answer.json();
  if (!answer.ok) {
    throw new Error(String((json as { error?: unknown }).error ?? answer.status));
  }
  return json as T;
}

/** Acts of one user, e.g. `actAs(id)('say', { text })`. */
export function actAs(userId: string) {
  return <T = unknown>(name: string, body: unknown = {}): Promise<T> => act<T>(`users/${userId}/${name}`, body);
}

export type ActAs = ReturnType<typeof actAs>;
