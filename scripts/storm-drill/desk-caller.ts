import { type Manner, patiently } from '../explore/web-customer.ts';

/** Somebody at the desk, over HTTP as the page does it; a server that is away is waited for. */
export interface DeskCaller {
  get<T>(path: string): Promise<T>;
  /** `undefined`: the desk refused it, as somebody else was faster. Throws when it does not read what it is given. */
  act<T>(path: string, body: object): Promise<T | undefined>;
  /** The same; resolves with the code of the refusal, `undefined`: done. */
  refusalOf(path: string, body: object): Promise<string | undefined>;
  /** Acts that the desk carried out. */
  acts(): number;
  /** The same log-in at another node. */
  at(address: () => string): DeskCaller;
}

const PATIENCE_MS = 120_000;
const PLAIN: Manner = { givesUp: (since) => Date.now() - since > PATIENCE_MS, pauseMs: 100, callMs: PATIENCE_MS };

/** `address` may lead to another node with each call: any of them takes the same session. */
export async function logInAtDesk(
  address: () => string,
  account: { readonly login: string; readonly password: string },
  manner: Partial<Manner> = {},
): Promise<DeskCaller> {
  const ways = { ...PLAIN, ...manner };
  const headers = { 'x-lang-nghe-desk': 'user', 'content-type': 'application/json' };
  const response = await call(address, 'login', { method: 'POST', headers, body: JSON.stringify(account) }, ways);
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!response.ok || cookie === undefined) {
    throw new Error(`The desk did not let ${account.login} in: ${response.status} ${response.text}`);
  }
  return callerAt(address, { ...headers, cookie }, ways);
}

function callerAt(address: () => string, headers: Record<string, string>, manner: Manner): DeskCaller {
  let acts = 0;

  async function post(path: string, body: object): Promise<Answer> {
    const answer = await call(address, path, { method: 'POST', headers, body: JSON.stringify(body) }, manner);
    acts += answer.ok ? 1 : 0;
    if (answer.status === 400) {
      throw new Error(`The desk does not read ${path}: ${answer.text}`);
    }
    return answer;
  }

  return {
    get: async <T>(path: string) => JSON.parse((await call(address, path, { headers }, manner)).text) as T,
    async act<T>(path: string, body: object) {
      const { ok, text } = await post(path, body);
      return ok ? (JSON.parse(text === '' ? '{}' : text) as T) : undefined;
    },
    async refusalOf(path, body) {
      const { ok, text } = await post(path, body);
      return ok ? undefined : (JSON.parse(text) as { code: string }).code;
    },
    acts: () => acts,
    at: (other) => callerAt(other, headers, manner),
  };
}

type Answer = Pick<Response, 'ok' | 'status' | 'headers'> & { readonly text: string };

/** Until a server answers that is neither away nor too busy. */
function call(address: () => string, path: string, request: RequestInit, manner: Manner): Promise<Answer> {
  return patiently(
    async () => {
      const signal = AbortSignal.timeout(manner.callMs);
      const response = await fetch(`${address()}/desk/api/${path}`, { ...request, signal });
      const { ok, status, headers } = response;
      const text = await response.text();
      return status < 500 && status !== 429 ? { ok, status, headers, text } : undefined;
    },
    { ...manner, why: `an answer of the desk to ${path.split('?')[0]}` },
  );
}
