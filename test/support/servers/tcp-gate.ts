import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A port that leads to another one, and can be shut as if the network were gone. */
export interface TcpGate {
  readonly port: number;
  /** Ends every connection and takes none. */
  shut(): void;
  open(): void;
  /** Loses without a word what goes that way, as a broken network does; `undefined`: nothing any more. */
  lose(way: Way | undefined): void;
  /** Leads new connections there, and ends the old ones. */
  aim(target: Target): void;
  close(): Promise<void>;
}

/** `in`: from whoever connects to the port behind. */
type Way = 'in' | 'out';

interface Target {
  readonly host: string;
  readonly port: number;
}

export async function createTcpGate(first: Target): Promise<TcpGate> {
  let target = first;
  const sockets = new Set<Socket>();
  let isShut = false;
  let lost: Way | undefined;

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
    forward(incoming, outgoing, 'in');
    forward(outgoing, incoming, 'out');
  });

  /** What is lost is never told again: a connection that has lost something is dead, though nobody has said so. */
  function forward(from: Socket, to: Socket, way: Way): void {
    let isBroken = false;
    from.on('data', (chunk: Buffer) => {
      isBroken ||= lost === way;
      if (!isBroken && !to.write(chunk)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
    });
    from.on('end', () => to.end());
  }

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
    lose(way) {
      lost = way;
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
