import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the gateway answers a call: with a status and a body, by cutting the line, or never. */
export type GatewayAnswer = { readonly status: number; readonly body?: object } | 'drop' | 'hang';

export interface LocalSmsGateway {
  readonly url: string;
  /** Bodies of the calls that were taken, in order. */
  readonly taken: Record<string, unknown>[];
  /** When each came, by the clock that was given. */
  readonly takenAt: number[];
  readonly headers: NodeJS.Dict<string | string[]>[];
  next(answer: GatewayAnswer): void;
  stop(): Promise<void>;
}

/** A real HTTP server that plays an SMS gateway. */
export async function startSmsGateway(now = Date.now): Promise<LocalSmsGateway> {
  const queued: GatewayAnswer[] = [];
  const takenAt: number[] = [];
  const taken: Record<string, unknown>[] = [];
  const headers: NodeJS.Dict<string | string[]>[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) {
      text += chunk;
    }
    headers.push(request.headers);
    const answer = queued.shift() ?? { status: 200, body: { id: `gw-${taken.length + 1}` } };
    if (answer === 'hang') {
      return;
    }
    if (answer === 'drop') {
      request.socket.destroy();
      return;
    }
    if (answer.status === 200) {
      taken.push(JSON.parse(text));
      takenAt.push(now());
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ taken, takenAt, headers },
    next: (answer) => void queued.push(answer),
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
