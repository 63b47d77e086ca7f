import { createClient } from 'redis';

export type RedisClient = ReturnType<typeof openClient>;

/** Two connections to one Redis: for commands, and for the channels that are listened to. */
export interface Redis {
  readonly commands: RedisClient;
  /** Hears a channel from now on; taken up again after each break. */
  listen(channel: string, hear: (raw: string) => void): void;
  close(): void;
}

export interface RedisOptions {
  /** `redis://…` or `rediss://…`. */
  readonly url: string;
  readonly log: { warn(details: object, message: string): void; info(message: string): void };
}

const LONGEST_PAUSE_MS = 2_000;
const FIRST_PAUSE_MS = 50;
const CONNECT_TIMEOUT_MS = 2_000;

/**
 * Connects in the background, now and whenever the connection breaks. Nothing waits for Redis: while it is away commands
 * fail at once.
 */
export function connectRedis({ url, log }: RedisOptions): Redis {
  let isAway = false;
  const open = () => {
    const client = openClient(url);
    client.on('error', (error: unknown) => {
      if (!isAway) {
        isAway = true;
        log.warn({ error }, 'Redis is away: wake-ups come by the sweep, and limits hold for each node alone.');
      }
    });
    client.on('ready', () => {
      if (isAway) {
        isAway = false;
        log.info('Redis is there again.');
      }
    });
    return client;
  };
  const [commands, listener] = [open(), open()];
  // Resolves at the first connection, however late; what goes wrong until then is told by `error`.
  void commands.connect().catch(() => {});
  const listening = listener.connect();
  listening.catch(() => {});
  return {
    commands,
    listen(channel, hear) {
      void listening.then(() => listener.subscribe(channel, hear)).catch(() => {});
    },
    close() {
      for (const client of [commands, listener]) {
        client.destroy();
      }
    },
  };
}

function openClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      reconnectStrategy: (tries) => Math.min(FIRST_PAUSE_MS * 2 ** Math.min(tries, 10), LONGEST_PAUSE_MS),
    },
  });
}
