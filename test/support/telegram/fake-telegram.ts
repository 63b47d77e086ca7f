import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiError, CallbackQuery, File, Message, Update, UserFromGetMe } from '@grammyjs/types';
import { stageClock } from '../../../scripts/stage-clock.ts';
import { type ShownMessage, takeMessage } from './take-message.ts';
import { UpdateQueue } from './update-queue.ts';

/** How a call is answered instead of the usual way: an error of the API, a page, a lost connection before or after it is carried out. */
export type FakeAnswer = ApiError | { readonly page: number } | 'drop' | 'lose_answer' | 'hang';

export interface FakeTelegram {
  readonly apiRoot: string;
  readonly token: string;
  readonly queue: UpdateQueue;
  /** What customers see, in order. */
  readonly shown: ShownMessage[];
  readonly calls: { readonly method: string; readonly fields: Readonly<Record<string, unknown>> }[];
  /** Files that customers have sent, by their path on the file server; the id of each is its path. */
  readonly files: Map<string, Uint8Array>;
  /** Ids of taps that were answered. */
  readonly answeredTaps: string[];
  /** Chats whose user has blocked the bot. */
  readonly blocked: Set<number>;
  /** Answers to the next calls of a method. */
  next(method: string, ...answers: FakeAnswer[]): void;
  /** Something happens on Telegram's side; returns its update. */
  happen(what: Omit<Update, 'update_id'>): Update;
  /** A customer taps a button under a message. */
  tap(chat: number, data: string): Update;
  waitFor(holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

const TOKEN = '700000001:AAF_secret-part-of-the-token_0123456789';
const FIRST_UPDATE = 812_000_000;
const SECRET_TOKEN = /^[\w-]{1,256}$/;

/** A Bot API server as strict as Telegram's: limits, entities, secret, conflicts. Bodies are typed by `@grammyjs/types`. */
export async function startFakeTelegram(token = TOKEN, now = stageClock.now): Promise<FakeTelegram> {
  const queue = new UpdateQueue();
  const planned = new Map<string, FakeAnswer[]>();
  const openTaps = new Set<string>();
  const watchers = new Set<() => void>();
  let updateId = FIRST_UPDATE;
  let messageId = 0;

  const fileServer = `/file/bot${token}/`;
  const server = createServer((request, response) => {
    if (request.url?.startsWith(fileServer)) {
      const bytes = fake.files.get(request.url.slice(fileServer.length));
      response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
    } else {
      void answer(request, response);
    }
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, given, method = ''] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? '') ?? [];
    const fields = await readFields(request);
    fake.calls.push({ method, fields });
    const plan = given === token ? planned.get(method)?.shift() : undefined;
    if (plan === 'hang') {
      return;
    }
    const result = typeof plan === 'object' ? plan : plan === 'drop' ? {} : await run(given, method, fields);
    for (const watch of [...watchers]) {
      watch();
    }
    if (plan === 'drop' || plan === 'lose_answer') {
      request.socket.destroy();
    } else if ('page' in result) {
      response.writeHead(Number(result.page), { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');
    } else {
      const status = 'error_code' in result ? Number(result.error_code) : 200;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    }
  }

  async function run(given: string | undefined, method: string, fields: Record<string, unknown>): Promise<object> {
    if (given !== token) {
      return refusal(401, 'Unauthorized');
    }
    const handler = methods[method];
    return handler === undefined ? refusal(404, 'Not Found') : handler(fields);
  }

  const methods: Readonly<Record<string, (fields: Record<string, unknown>) => object | Promise<object>>> = {
    getFile: ({ file_id: id }) =>
      fake.files.has(String(id))
        ? ok({ file_id: String(id), file_unique_id: `u-${id}`, file_path: String(id) } satisfies File)
        : refusal(400, 'Bad Request: wrong file_id or the file is temporarily unavailable'),
    getMe: () =>
      ok({
        ...{ id: Number(token.split(':')[0]), is_bot: true, first_name: 'Điện lực', username: 'dienluc_bot' },
        ...{ can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false },
      } as UserFromGetMe),
    async getUpdates({ offset, timeout }) {
      if (queue.webhook !== undefined) {
        return refusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      const updates = await queue.poll(Number(offset ?? 0), Number(timeout ?? 0) * 1_000);
      return updates === 'conflict'
        ? refusal(
            409,
            'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
          )
        : ok(updates);
    },
    setWebhook({ url, secret_token: secret }) {
      if (secret !== undefined && !SECRET_TOKEN.test(String(secret))) {
        return refusal(400, 'Bad Request: secret token contains unallowed characters');
      }
      queue.setWebhook({ url: String(url), ...(secret !== undefined && { secret: String(secret) }) });
      return ok(true);
    },
    deleteWebhook() {
      queue.setWebhook(undefined);
      return ok(true);
    },
    sendMessage: (fields) => show(fields, 'text'),
    sendPhoto: (fields) => show(fields, 'photo'),
    sendDocument: (fields) => show(fields, 'document'),
    sendChatAction: ({ chat_id }) => forbidden(Number(chat_id)) ?? ok(true),
    answerCallbackQuery({ callback_query_id: id }) {
      if (!openTaps.delete(String(id))) {
        return refusal(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid');
      }
      fake.answeredTaps.push(String(id));
      return ok(true);
    },
  };

  function show(fields: Record<string, unknown>, kind: Parameters<typeof takeMessage>[1]): object {
    const taken = takeMessage(fields, kind);
    if ('error' in taken) {
      return refusal(400, `Bad Request: ${taken.error}`);
    }
    const no = forbidden(taken.chat);
    if (no !== undefined) {
      return no;
    }
    messageId += 1;
    fake.shown.push({ ...taken, id: messageId, at: now() });
    const chat = { id: taken.chat, type: 'private' as const, first_name: 'Lan' };
    return ok({ message_id: messageId, date: Math.floor(now() / 1_000), chat, text: taken.text } as Message);
  }

  function forbidden(chat: number): ApiError | undefined {
    if (!Number.isSafeInteger(chat) || chat === 0) {
      return refusal(400, 'Bad Request: chat not found');
    }
    return fake.blocked.has(chat) ? refusal(403, 'Forbidden: bot was blocked by the user') : undefined;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeTelegram = {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ token, queue, shown: [], calls: [], answeredTaps: [], files: new Map(), blocked: new Set<number>() },
    next: (method, ...answers) => void planned.set(method, [...(planned.get(method) ?? []), ...answers]),
    happen(what) {
      updateId += 1;
      const update: Update = { update_id: updateId, ...what };
      queue.add(update);
      return update;
    },
    tap(chat, data) {
      const id = `tap-${updateId}`;
      openTaps.add(id);
      const from = { id: chat, is_bot: false, first_name: 'Lan' };
      const under = { message_id: messageId, date: 0, chat: { id: chat, type: 'private', first_name: 'Lan' } };
      return fake.happen({ callback_query: { id, from, data, message: under, chat_instance: '1' } as CallbackQuery });
    },
    async waitFor(holds) {
      while (!holds()) {
        await new Promise<void>((resolve) => {
          watchers.add(resolve);
        });
      }
      watchers.clear();
    },
    async stop() {
      queue.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return fake;
}

function ok(result: unknown): object {
  return { ok: true, result };
}

export function refusal(code: number, description: string, retryAfter?: number): ApiError {
  return {
    ok: false,
    error_code: code,
    description,
    parameters: retryAfter === undefined ? {} : { retry_after: retryAfter },
  };
}

/** The fields of a call, JSON or multipart; files as bytes. */
async function readFields(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const type = request.headers['content-type'] ?? '';
  const body = Buffer.concat(chunks);
  if (!type.startsWith('multipart/')) {
    return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>);
  }
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form) {
    fields[name] = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer());
  }
  return fields;
}
