import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that the product got from the webhook. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly event: {
    readonly app_id: string;
    readonly event_name: string;
    readonly timestamp: string | number;
    readonly sender?: { readonly id: string; readonly admin_id?: string };
    readonly recipient?: { readonly id: string };
    readonly message?: Record<string, unknown>;
    readonly [field: string]: unknown;
  };
}

export interface Product {
  readonly url: string;
  readonly received: Received[];
  /** How the next requests are answered; `hang` never answers. */
  answer: (received: Received) => number | 'hang';
  named(...eventNames: string[]): Received[];
  close(): Promise<void>;
}

/** Stands in for the product: a webhook that writes down what it gets. */
export async function startProduct(): Promise<Product> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const one: Received = { headers: request.headers, raw, event: JSON.parse(raw) };
      received.push(one);
      const status = product.answer(one);
      if (status !== 'hang') {
        response.writeHead(status).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const product: Product = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/zalo`,
    received,
    answer: () => 200,
    named: (...names) => received.filter(({ event }) => names.includes(event.event_name)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return product;
}
