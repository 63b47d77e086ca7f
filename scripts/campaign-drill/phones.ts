import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** A message as the channel has got it. */
export interface Delivery {
  /** The same for every attempt: a phone shows it once. */
  readonly key: string;
  readonly conversationId: string;
  readonly text: string;
  /** UTC ms by the clock of the sender. */
  readonly at: number;
}

/** The other side of the channel: what customers see, and when it came. */
export interface Phones {
  readonly url: string;
  /** What is shown, by key. */
  readonly shown: ReadonlyMap<string, Delivery>;
  /** Messages that came again and were not shown again. */
  repeats(): number;
  close(): void;
}

export async function openPhones(): Promise<Phones> {
  const shown = new Map<string, Delivery>();
  let repeats = 0;
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const delivery = body as Delivery;
      if (shown.has(delivery.key)) {
        repeats += 1;
      } else {
        shown.set(delivery.key, delivery);
      }
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    shown,
    repeats: () => repeats,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
