import type { Update } from '@grammyjs/types';

interface Poll {
  readonly end: (answer: readonly Update[] | 'conflict') => void;
}

/** Updates that wait, as Telegram keeps them: until the offset of a poll has passed them, or a webhook took them. */
export class UpdateQueue {
  #waiting: Update[] = [];
  #poll: Poll | undefined;
  #webhook: { readonly url: string; readonly secret?: string } | undefined;
  #posting: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** Statuses of the posts to the webhook. */
  readonly posts: number[] = [];

  get pending(): readonly Update[] {
    return this.#waiting;
  }

  get webhook(): { readonly url: string; readonly secret?: string } | undefined {
    return this.#webhook;
  }

  setWebhook(webhook: { readonly url: string; readonly secret?: string } | undefined): void {
    this.#webhook = webhook;
    if (webhook !== undefined) {
      this.#poll?.end('conflict');
      this.#deliver();
    }
  }

  add(update: Update): void {
    this.#waiting.push(update);
    if (this.#webhook !== undefined) {
      this.#deliver();
    } else if (this.#poll !== undefined) {
      this.#poll.end([...this.#waiting]);
    }
  }

  /** One poll: what is there, or what comes within the time. Another poll ends it with a conflict. */
  async poll(offset: number, timeoutMs: number): Promise<readonly Update[] | 'conflict'> {
    this.#poll?.end('conflict');
    this.#waiting = this.#waiting.filter(({ update_id: id }) => id >= offset);
    if (this.#waiting.length > 0) {
      return [...this.#waiting];
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => poll.end([]), timeoutMs);
      const poll: Poll = {
        end: (answer) => {
          clearTimeout(timer);
          this.#poll = this.#poll === poll ? undefined : this.#poll;
          resolve(answer);
        },
      };
      this.#poll = poll;
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#poll?.end([]);
  }

  /** Posts one after the other; anything but 2xx is posted again. */
  #deliver(): void {
    this.#posting = this.#posting.then(async () => {
      for (let update = this.#waiting[0]; update !== undefined; update = this.#waiting[0]) {
        if (this.#isClosed || this.#webhook === undefined) {
          return;
        }
        const status = await post(this.#webhook, update);
        this.posts.push(status);
        if (status >= 200 && status < 300) {
          this.#waiting.shift();
        } else {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    });
  }
}

async function post(webhook: { readonly url: string; readonly secret?: string }, update: Update): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    ...(webhook.secret !== undefined && { 'x-telegram-bot-api-secret-token': webhook.secret }),
  };
  const answer = await fetch(webhook.url, { method: 'POST', headers, body: JSON.stringify(update) }).catch(
    () => undefined,
  );
  return answer?.status ?? 0;
}
