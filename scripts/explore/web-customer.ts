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
}

interface WireActivity {
  readonly id: string;
  readonly text?: string;
  readonly timestamp: string;
  readonly attachments?: readonly { readonly content?: { readonly title?: string; readonly text?: string } }[];
  readonly channelData: { readonly author: SeenActivity['from'] };
}

/** Longer than several starts of the server on a machine that does other things, too. */
const PATIENCE_MS = 180_000;
const PAUSE_MS = 25;

/** A customer at the web chat who is not put off by a server that dies: tries again until it answers. */
export async function createWebCustomer(base: () => string): Promise<WebCustomer> {
  const session = await patiently(async () => {
    const response = await fetch(`${base()}/chat/session`, { method: 'POST' });
    return response.ok ? ((await response.json()) as WebSession) : undefined;
  }, 'a session');
  return customerAt(base, session);
}

/** The customer of a session that is there already. */
export function customerAt(base: () => string, session: WebSession): WebCustomer {
  const activities = () => `${base()}/v3/directline/conversations/${session.conversationId}/activities`;
  const headers = { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' };

  async function post(id: string, text: string): Promise<number> {
    return statusOf(activities(), { headers, body: JSON.stringify({ ...activityOf(id), text }) });
  }

  async function postPicture(id: string, picture: Uint8Array<ArrayBuffer>): Promise<number> {
    const form = new FormData();
    form.append('activity', new Blob([JSON.stringify(activityOf(id))], { type: 'application/vnd.microsoft.activity' }));
    form.append('file', new File([picture], 'anh.png', { type: 'image/png' }));
    const { authorization } = headers;
    return statusOf(activities().replace(/activities$/, 'upload'), { headers: { authorization }, body: form });
  }

  /** Reads on where the last reading has ended. */
  async function readOn(read: { readonly seen: SeenActivity[]; watermark: string }): Promise<readonly SeenActivity[]> {
    for (;;) {
      const response = await fetch(`${activities()}?watermark=${read.watermark}`, { headers });
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
      patiently(async () => ((await post(id, text)) === 200 ? true : undefined), 'an acknowledgement').then(() => {}),
    waitFor(condition, why) {
      const read = { seen: [], watermark: '0' };
      return patiently(async () => {
        const seen = await readOn(read);
        return condition(seen) ? seen : undefined;
      }, why);
    },
    at: (other) => customerAt(other, session),
  };
}

function activityOf(id: string) {
  return { type: 'message', from: { id: 'x' }, channelData: { clientActivityID: id } };
}

async function statusOf(url: string, request: RequestInit): Promise<number> {
  const response = await fetch(url, { ...request, method: 'POST' });
  await response.arrayBuffer();
  return response.status;
}

function toSeen(activity: WireActivity): SeenActivity {
  const cards = (activity.attachments ?? []).map(({ content }) => `${content?.title ?? ''} ${content?.text ?? ''}`);
  return {
    ...{ id: activity.id, from: activity.channelData.author, at: Date.parse(activity.timestamp) },
    text: [activity.text ?? '', ...cards].join(' ').trim(),
  };
}

/** Tries until there is a value; refused and broken connections count as "not yet". */
async function patiently<T>(attempt: () => Promise<T | undefined>, why: string): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  let last: unknown;
  while (Date.now() < end) {
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
    await sleep(Math.max(PAUSE_MS, Date.now() - askedAt));
  }
  throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain for ${why}.`, { cause: last });
}
