import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { WebNodeOrder } from './web-node.ts';

export interface MemoryResult {
  readonly sockets: number;
  /** Memory of the node before and with the sockets, and what one socket costs. */
  readonly idleMb: number;
  readonly openMb: number;
  readonly kbASocket: number;
  /** From the order until a notice, written durably for each visitor, was read at half, at 99 % and at all sockets. */
  readonly halfS: number;
  readonly mostS: number;
  readonly allS: number;
}

const OPEN_AT_ONCE = 100;
const WARM_UP = 500;

interface Visitor {
  readonly name: string;
  readonly socket: WebSocket;
}

/** Opens so many sockets of the web chat on one node, then writes a notice to every visitor. */
export async function benchMemory({ sockets }: { readonly sockets: number }): Promise<MemoryResult> {
  const node = fork(join(import.meta.dirname, 'web-node.ts'), { execArgv: ['--no-warnings', '--expose-gc'] });
  try {
    const { address } = await answerOf<{ address: string }>(node);
    // What a start leaves behind goes with the first visitors, and must not be counted for them.
    closeAll(await openAll(address, WARM_UP));
    const idleMb = await memoryOf(node);
    const visitors = await openAll(address, sockets);
    const openMb = await memoryOf(node);
    const readAt = await notifyAll(node, visitors);
    closeAll(visitors);
    const secondsAt = (share: number) =>
      Number(((readAt[Math.ceil(readAt.length * share) - 1] ?? Number.NaN) / 1_000).toFixed(2));
    return {
      ...{ sockets, idleMb, openMb, kbASocket: Math.round(((openMb - idleMb) * 1_000) / sockets) },
      ...{ halfS: secondsAt(0.5), mostS: secondsAt(0.99), allS: secondsAt(1) },
    };
  } finally {
    node.disconnect();
  }
}

async function openAll(address: string, count: number): Promise<readonly Visitor[]> {
  const visitors: Visitor[] = [];
  while (visitors.length < count) {
    const missing = Math.min(OPEN_AT_ONCE, count - visitors.length);
    visitors.push(...(await Promise.all(Array.from({ length: missing }, () => openOne(address)))));
  }
  return visitors;
}

function closeAll(visitors: readonly Visitor[]): void {
  for (const { socket } of visitors) {
    socket.terminate();
  }
}

async function openOne(address: string): Promise<Visitor> {
  const { token } = await post<{ token: string }>(`${address}/chat/session`);
  const { conversationId, streamUrl } = await post<{ conversationId: string; streamUrl: string }>(
    `${address}/v3/directline/conversations`,
    { authorization: `Bearer ${token}` },
  );
  const socket = new WebSocket(streamUrl, { perMessageDeflate: false });
  await once(socket, 'open');
  return { name: conversationId, socket };
}

async function post<Answer>(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', headers });
  if (!response.ok) {
    throw new Error(`${new URL(url).pathname} answered ${response.status}.`);
  }
  return (await response.json()) as Answer;
}

/** When each of them has read it, ms after the order, soonest first. */
async function notifyAll(node: ChildProcess, visitors: readonly Visitor[]): Promise<readonly number[]> {
  const readAt: number[] = [];
  const startedAt = performance.now();
  const allRead = new Promise<void>((resolve) => {
    for (const { socket } of visitors) {
      // Empty frames only keep the connection alive.
      socket.on('message', (data) => {
        if (data.toString().includes('14:20')) {
          readAt.push(performance.now() - startedAt);
        }
        if (readAt.length === visitors.length) {
          resolve();
        }
      });
    }
  });
  node.send({ notify: visitors.map(({ name }) => name) } satisfies WebNodeOrder);
  await allRead;
  return readAt;
}

async function memoryOf(node: ChildProcess): Promise<number> {
  const answer = answerOf<{ rssMb: number }>(node);
  node.send('memory' satisfies WebNodeOrder);
  return (await answer).rssMb;
}

/** The next message of the node; throws when it ends instead. */
function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`The node ended with ${code}.`));
    child.once('exit', onExit);
    child.once('message', (answer) => {
      child.off('exit', onExit);
      resolve(answer as T);
    });
  });
}
