import type { Connection, ConnectOptions } from 'mongoose';

export interface KeepConnectedOptions {
  readonly url: string;
  readonly options: ConnectOptions;
  /** How often the heartbeats are looked at. */
  readonly everyMs?: number;
}

/**
 * No heartbeat of the driver takes so long: connecting, the handshake and its answer each have their own limit. Looks
 * are counted, not the time between them, so that a process that was busy or stopped takes nothing for lost.
 */
const MOST_LOOKS = 10;
const EVERY_MS = 1_000;

/**
 * Opens a connection anew whose driver has stopped looking for its server. The driver may write a heartbeat into a
 * socket that is destroyed and has not said so yet, as happens when a server that goes away ends all connections at
 * once (seen in mongodb 7.8.0, one time in ten). It then waits for ever for that socket to take more, and finds no
 * server any more, however long the server is back. Returns the function that ends the watch.
 */
export function keepConnected(
  connection: Connection,
  { url, options, everyMs = EVERY_MS }: KeepConnectedOptions,
): () => Promise<void> {
  /** Of each server whose heartbeat is under way: how often it was looked at since. */
  const looks = new Map<string, number>();
  let isLost = false;
  let isOver = false;
  let looking = Promise.resolve();

  function listen(): void {
    const client = connection.getClient();
    client.on('serverHeartbeatStarted', ({ connectionId }) => looks.set(connectionId, 0));
    client.on('serverHeartbeatSucceeded', ({ connectionId }) => looks.delete(connectionId));
    client.on('serverHeartbeatFailed', ({ connectionId }) => looks.delete(connectionId));
    client.on('serverClosed', ({ address }) => looks.delete(address));
  }

  async function look(): Promise<void> {
    for (const [server, times] of looks) {
      looks.set(server, times + 1);
      isLost ||= times >= MOST_LOOKS;
    }
    if (!isLost || isOver) {
      return;
    }
    // Closed by force, mongoose takes no command any more even when it is open again.
    await connection.close();
    looks.clear();
    // Fails while the server is away: the next look tries again.
    await connection.openUri(url, { ...options });
    isLost = false;
    listen();
  }

  listen();
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => {});
  }, everyMs).unref();
  return () => {
    isOver = true;
    clearInterval(timer);
    return looking;
  };
}
