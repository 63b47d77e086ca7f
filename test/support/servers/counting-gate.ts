import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** A port that leads to a MongoDB-compatible server and counts what it is asked. */
export interface CountingGate {
  readonly port: number;
  /** The commands since the last call, each as `<command> <collection>`; without those that only see whether it is there. */
  taken(): readonly string[];
  close(): void;
}

const OP_MSG = 2013;
/** Of a message: its header and flags, the kind of its first section, then the length and first type of its document. */
const [OP_CODE_AT, NAME_AT] = [12, 26];
const HEADER = 16;
const WATCHING = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions', 'buildInfo']);

export async function createCountingGate(target: {
  readonly host: string;
  readonly port: number;
}): Promise<CountingGate> {
  let commands: string[] = [];
  const server = createServer((incoming) => {
    const outgoing = connect(target.port, target.host);
    let left = Buffer.alloc(0);
    incoming.on('data', (chunk: Buffer) => {
      outgoing.write(chunk);
      left = Buffer.concat([left, chunk]);
      for (let size = sizeOf(left); size !== undefined; size = sizeOf(left)) {
        commands.push(...commandOf(left.subarray(0, size)));
        left = left.subarray(size);
      }
    });
    outgoing.pipe(incoming);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      one.on('error', () => {});
      one.once('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    taken() {
      const all = commands;
      commands = [];
      return all;
    },
    close: () => void server.close(),
  };
}

/** The length of the first message, when all of it is there. */
function sizeOf(bytes: Buffer): number | undefined {
  const size = bytes.length < HEADER ? undefined : bytes.readInt32LE(0);
  return size !== undefined && bytes.length >= size ? size : undefined;
}

/** A command's name is the first key of its document, and its collection the text there. */
function commandOf(message: Buffer): readonly string[] {
  if (message.readInt32LE(OP_CODE_AT) !== OP_MSG) {
    return [];
  }
  const end = message.indexOf(0, NAME_AT);
  const name = message.toString('latin1', NAME_AT, end);
  const text = end + 1 + Int32Array.BYTES_PER_ELEMENT;
  return WATCHING.has(name) ? [] : [`${name} ${message.toString('utf8', text, message.indexOf(0, text))}`];
}
