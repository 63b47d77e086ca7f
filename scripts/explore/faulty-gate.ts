import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What happens to the piece of traffic at which a fault was planned, and to what follows it. */
export type GateFault = 'drop' | 'slow' | 'pass';

export interface FaultyGate {
  readonly port: number;
  /** Calls `strike` when the n-th piece from now on passes, in either direction, before it goes on. */
  plan(piece: number, strike: () => GateFault): void;
  /** When the last of what was planned has struck, UTC ms; 0: nothing yet. */
  struckAt(): number;
  /** Forgets what was planned and is quick again. */
  clear(): void;
  close(): Promise<void>;
}

/** So many pieces are slow, each by so much, ms. */
const SLOW_PIECES = 30;
const SLOW_BY_MS = 60;

/** Stands between a node and a server, and breaks or slows their talk at planned pieces of it. */
export async function createFaultyGate(target: { readonly host: string; readonly port: number }): Promise<FaultyGate> {
  const sockets = new Set<Socket>();
  const planned = new Map<number, () => GateFault>();
  let piece = 0;
  let slowLeft = 0;
  let struckAt = 0;

  async function forward(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) {
        piece += 1;
        const strike = planned.get(piece);
        planned.delete(piece);
        const fault = strike?.() ?? 'pass';
        struckAt = strike === undefined ? struckAt : Date.now();
        if (fault === 'drop') {
          break;
        }
        slowLeft = fault === 'slow' ? SLOW_PIECES : slowLeft;
        if (slowLeft > 0) {
          slowLeft -= 1;
          await sleep(SLOW_BY_MS);
        }
        if (!to.write(chunk as Buffer)) {
          await once(to, 'drain');
        }
      }
    } catch {
      // The connection is broken: so is its other half.
    }
    from.destroy();
    to.destroy();
  }

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  }

  const server = createServer((incoming) => {
    const outgoing = connect(target.port, target.host);
    keep(incoming);
    keep(outgoing);
    void forward(incoming, outgoing);
    void forward(outgoing, incoming);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    plan(after, strike) {
      planned.set(piece + after, strike);
    },
    struckAt: () => struckAt,
    clear() {
      planned.clear();
      slowLeft = 0;
    },
    async close() {
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
      await once(server, 'close');
    },
  };
}
