import { setTimeout as sleep } from 'node:timers/promises';

/** A line as the customer sees it. */
export interface SeenActivity {
  readonly id: string;
  readonly from: 'customer' | 'bot' | 'agent' | 'system';
  readonly text: string;
  /** The time that the server gives it, UTC ms. */
  readonly at: number;
}

export interface WebCustomer {
  readonly visitor: string;
  /** Sends one message until the server acknowledges it; the id makes repeats one message. */
  say(id: string, text: string): Promise<void>;
  /** Sends it once, and tells the status; for tests that repeat on purpose. */
  post(id: string, text: string): Promise<number>;
  /** Sends a picture once, and tells the status. */
  postPicture(id: string, picture: Uint8Array<ArrayBuffer>): Promise<number>;
  /** Everything that the server shows, from the beginning. */
  history(): Promise<readonly SeenActivity[]>;
  /** Waits until the history satisfies the condition. */
  waitFor(condition: (seen: readonly SeenActivity[]) => boolean, why: string): Promise<readonly SeenActivity[]>;
  /** The same customer at another node. */
  at(base: () => string): WebCustomer;
}

export interface WebSession {
  readonly conversationId: string;
  readonly token: string;
  /** Names the visitor at the next session. */
  readonly cookie?: string | undefined;
}

interface WireActivity {
  readonly id: string;
  readonly text?: string;
  readonly timestamp: string;
  readonly attachments?: readonly { readonly content?: { readonly title?: string; readonly text?: string } }[];
  readonly channelData: { readonly author: SeenActivity['from'] };
}

/** How a customer waits. */
export interface Manner {
  /** Whether he gives up who has waited since then, UTC ms. */
  readonly givesUp: (since: number) => boolean;
  /** At least so long between two looks. */
  readonly pauseMs: number;
  /** A call that has no answer for so long is made again. */
  readonly callMs: number;
}

/** Longer than several starts of the server on a machine that does other things, too. */
const PATIENCE_MS = 180_000;
const PLAIN: Manner = { givesUp: (since) => Date.now() - since >= PATIENCE_MS, pauseMs: 25, callMs: PATIENCE_MS };
/** The answer to a token that has ended. */
const EXPIRED = 403;

/** A customer at the web chat who is not put off by a server that dies: tries again until it answers. */
export async function createWebCustomer(base: () => string, manner: Partial<Manner> = {}): Promise<WebCustomer> {
  const ways = { ...PLAIN, ...manner };
  const session = await patiently(() => openSession(base, ways.callMs), { ...ways, why: 'a session' });
  return customerAt(base, session, manner);
}

/** A session of a new visitor, or of the one whom the cookie names; `undefined`: not now. */
async function openSession(base: () => string, callMs: number, cookie?: string): Promise<WebSession | undefined> {
  const headers: Record<string, string> = cookie === undefined ? {} : { cookie };
  const signal = AbortSignal.timeout(callMs);
  const response = await fetch(`${base()}/chat/session`, { method: 'POST', headers, signal });
  const body = (await response.json()) as WebSession;
  const [set] = response.headers.getSetCookie();
  return response.ok ? { ...body, ...(set !== undefined && { cookie: set.split(';')[0] }) } : undefined;
}

/** The customer of a session that is there already. */
export function customerAt(base: () => string, first: WebSession, manner: Partial<Manner> = {}): WebCustomer {
  let session = first;
  const ways = { ...PLAIN, ...manner };
  const activities = () => `${base()}/v3/directline/conversations/${session.conversationId}/activities`;

  /** With a new token of the same visitor when the clock has run past the end of the last. */
  async function call(url: string, request: RequestInit): Promise<Response> {
    const attempt = () => {
      const headers = { ...(request.headers as Record<string, string>), authorization: `Bearer ${session.token}` };
      return fetch(url, { ...request, headers, signal: AbortSignal.timeout(ways.callMs) });
    };
    const response = await attempt();
    if (response.status !== EXPIRED || session.cookie === undefined) {
      return response;
    }
    await response.arrayBuffer();
    session = (await openSession(base, ways.callMs, session.cookie)) ?? session;
    return attempt();
  }

  async function statusOf(url: string, request: RequestInit): Promise<number> {
    const response = await call(url, { ...request, method: 'POST' });
    await response.arrayBuffer();
    return response.status;
  }

  async function post(id: string, text: string): Promise<number> {
    const headers = { 'content-type': 'application/json' };
    return statusOf(activities(), { headers, body: JSON.stringify({ ...activityOf(id), text }) });
  }

  async function postPicture(id: string, picture: Uint8Array<ArrayBuffer>): Promise<number> {
    const form = new FormData();
    form.append('activity', new Blob([JSON.stringify(activityOf(id))], { type: 'application/vnd.microsoft.activity' }));
    form.append('file', new File([picture], 'anh.png', { type: 'image/png' }));
    return statusOf(activities().replace(/activities$/, 'upload'), { body: form });
  }

  /** Reads on where the last reading has ended. */
  async function readOn(read: { readonly seen: SeenActivity[]; watermark: string }): Promise<readonly SeenActivity[]> {
    for (;;) {
      const response = await call(`${activities()}?watermark=${read.watermark}`, {});
      const page = (await response.json()) as { activities: WireActivity[]; watermark: string };
      read.seen.push(...page.activities.map(toSeen));
      if (page.watermark === read.watermark) {
        return read.seen;
      }
      read.watermark = page.watermark;
    }
  }

  const history = () => readOn({ seen: [], watermark: '0' });

  return {
    visitor: session.conversationId,
    ...{ post, postPicture },
    history,
    say: (id, text) =>
      patiently(async () => ((await post(id, text)) === 200 ? true : undefined), {
        ...ways,
        why: 'an acknowledgement',
      }).then(() => {}),
    waitFor(condition, why) {
      const read = { seen: [], watermark: '0' };
      return patiently(
        async () => {
          const seen = await readOn(read);
          return condition(seen) ? seen : undefined;
        },
        { ...ways, why },
      );
    },
    at: (other) => customerAt(other, session, manner),
  };
}

function activityOf(id: string) {
  return { type: 'message', from: { id: 'x' }, channelData: { clientActivityID: id } };
}

/** All that he sees, once the server answers. */
export function readAll(customer: WebCustomer): Promise<readonly SeenActivity[]> {
  return customer.waitFor(() => true, 'the whole conversation');
}

function toSeen(activity: WireActivity): SeenActivity {
  const cards = (activity.attachments ?? []).map(({ content }) => `${content?.title ?? ''} ${content?.text ?? ''}`);
  return {
    ...{ id: activity.id, from: activity.channelData.author, at: Date.parse(activity.timestamp) },
    text: [activity.text ?? '', ...cards].join(' ').trim(),
  };
}

/** Tries until there is a value; refused and broken connections count as "not yet". */
export async function patiently<T>(
  attempt: () => Promise<T | undefined>,
  { why, givesUp, pauseMs }: Omit<Manner, 'callMs'> & { readonly why: string },
): Promise<T> {
  const since = Date.now();
  let last: unknown;
  do {
    const askedAt = Date.now();
    try {
      const value = await attempt();
      if (value !== undefined) {
        return value;
      }
    } catch (error) {
      last = error;
    }
    // A server that is slow must not be kept from its work by those who ask for it.
    await sleep(Math.max(pauseMs, Date.now() - askedAt));
  } while (!givesUp(since));
  const waited = Math.round((Date.now() - since) / 1000);
  throw new Error(`Waited ${waited} s in vain for ${why}.`, { cause: last });
}
