import { setTimeout as sleep } from 'node:timers/promises';

/** Somebody at the desk, over HTTP as the page does it; a server that is away is waited for. */
export interface DeskCaller {
  get<T>(path: string): Promise<T>;
  /** `undefined`: the desk refused it, as somebody else was faster. Throws when it does not read what it is given. */
  act<T>(path: string, body: object): Promise<T | undefined>;
  /** Acts that the desk carried out. */
  acts(): number;
}

const PATIENCE_MS = 120_000;
const PAUSE_MS = 100;

export async function logInAtDesk(address: string, login: string, password: string): Promise<DeskCaller> {
  const headers: Record<string, string> = { 'x-lang-nghe-desk': 'user', 'content-type': 'application/json' };
  let acts = 0;

  async function call(path: string, init: RequestInit): Promise<Response> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const response = await fetch(`${address}/desk/api/${path}`, { ...init, headers }).catch(() => undefined);
      if (response !== undefined && response.status < 500 && response.status !== 429) {
        return response;
      }
      if (Date.now() > end) {
        throw new Error(`The desk has not answered ${path} for ${PATIENCE_MS / 1_000} s (${response?.status}).`);
      }
      await response?.arrayBuffer();
      await sleep(PAUSE_MS);
    }
  }

  const response = await call('login', { method: 'POST', body: JSON.stringify({ login, password }) });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!response.ok || cookie === undefined) {
    throw new Error(`The desk did not let ${login} in: ${response.status} ${await response.text()}`);
  }
  headers['cookie'] = cookie;
  return {
    get: async <T>(path: string) => (await (await call(path, { method: 'GET' })).json()) as T,
    async act<T>(path: string, body: object) {
      const answer = await call(path, { method: 'POST', body: JSON.stringify(body) });
      const text = await answer.text();
      acts += answer.ok ? 1 : 0;
      if (answer.status === 400) {
        throw new Error(`The desk does not read ${path}: ${text}`);
      }
      return answer.ok ? (JSON.parse(text === '' ? '{}' : text) as T) : undefined;
    },
    acts: () => acts,
  };
}
