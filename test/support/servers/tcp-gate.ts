import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A port that leads to another one, and can be shut as if the network were gone. */
export interface TcpGate {
  readonly port: number;
  /** Ends every connection and takes none. */
  shut(): void;
  open(): void;
  /** Leads new connections there, and ends the old ones. */
  aim(target: Target): void;
  close(): Promise<void>;
}

interface Target {
  readonly host: string;
  readonly port: number;
}

export async function createTcpGate(first: Target): Promise<TcpGate> {
  let target = first;
  const sockets = new Set<Socket>();
  let isShut = false;

  function keep(socket: Socket, other: Socket): void {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  }

  const server = createServer((incoming) => {
    if (isShut) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(target.port, target.host);
    keep(incoming, outgoing);
    keep(outgoing, incoming);
    incoming.pipe(outgoing).pipe(incoming);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endAll = () => {
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  const shut = () => {
    isShut = true;
    endAll();
  };
  return {
    port: (server.address() as { port: number }).port,
    shut,
    open() {
      isShut = false;
    },
    aim(other) {
      target = other;
      endAll();
    },
    async close() {
      shut();
      server.close();
      await once(server, 'close');
    },
  };
}
