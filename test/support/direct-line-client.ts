import { DirectLine, type DirectLineOptions } from 'botframework-directlinejs';
import { WebSocket as NodeWebSocket } from 'ws';
import type { WebActivity } from '../../src/integrations/channels/web/render.ts';

/** A Direct Line client that none of us wrote, with what it has received. */
export interface DirectLineClient {
  readonly received: WebActivity[];
  readonly line: DirectLine;
  /** Sends a text and resolves with the id that the server gave. */
  post(text: string, more?: Record<string, unknown>): Promise<string>;
  /** Resolves when so many activities have come. */
  untilReceived(count: number): Promise<readonly WebActivity[]>;
  /** Resolves when what has come satisfies the condition. */
  until(condition: (received: readonly WebActivity[]) => boolean): Promise<readonly WebActivity[]>;
  end(): void;
}

/** Just as much of XMLHttpRequest as that client needs, over fetch. */
class FetchXhr {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseText = '';
  responseType = '';
  timeout = 0;
  withCredentials = false;
  onreadystatechange?: () => void;
  onerror?: () => void;
  ontimeout?: () => void;
  readonly #headers = new Headers();
  readonly #abort = new AbortController();
  #method = 'GET';
  #url = '';

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.set(name, value);
  }

  abort(): void {
    this.#abort.abort();
  }

  send(body: string | FormData | null = null): void {
    const request = { method: this.#method, headers: this.#headers, body, signal: this.#abort.signal };
    void fetch(this.#url, request).then(
      async (answer) => {
        if (this.responseType === 'arraybuffer') {
          this.response = await answer.arrayBuffer();
        } else {
          this.responseText = await answer.text();
          this.response = this.responseText === '' ? null : JSON.parse(this.responseText);
        }
        this.status = answer.status;
        this.readyState = 4;
        this.onreadystatechange?.();
      },
      () => this.onerror?.(),
    );
  }
}

Object.assign(globalThis, { XMLHttpRequest: FetchXhr, WebSocket: NodeWebSocket });

export function connectDirectLine(
  url: string,
  options: Omit<DirectLineOptions, 'domain'> & { random?: () => number },
): DirectLineClient {
  const line = new DirectLine({ domain: `${url}/v3/directline`, pollingInterval: 200, ...options });
  const received: WebActivity[] = [];
  let check: () => void = () => undefined;
  const until: DirectLineClient['until'] = (condition) =>
    new Promise((resolve) => {
      check = () => {
        if (condition(received)) {
          resolve(received);
        }
      };
      check();
    });
  const subscription = line.activity$.subscribe((activity) => {
    received.push(activity as unknown as WebActivity);
    check();
  });
  return {
    received,
    line,
    post: (text, more = {}) =>
      new Promise((resolve, reject) => {
        const activity = { type: 'message', from: { id: 'somebody-else' }, text, ...more };
        line.postActivity(activity as Parameters<DirectLine['postActivity']>[0]).subscribe(resolve, reject);
      }),
    until,
    untilReceived: (count) => until(({ length }) => length >= count),
    end() {
      line.end();
      subscription.unsubscribe();
    },
  };
}
