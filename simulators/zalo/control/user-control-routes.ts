import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ControlError } from './control-error.ts';
import type { Control } from './create-control.ts';
import { jsonOf } from './json-of.ts';
import type { GivenFile } from './user-media.ts';

const newUser = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  phone: z
    .string()
    .regex(/^84\d{9,10}$/)
    .nullish(),
  isFollower: z.boolean().optional(),
  isAnonymous: z.boolean().optional(),
  isAdmin: z.boolean().optional(),
  isUnreachable: z.boolean().optional(),
  readsOnScreen: z.boolean().optional(),
  lastInteractionAt: z.number().nullable().optional(),
});

const file = z
  .object({
    base64: z.base64().optional(),
    mime: z.string().optional(),
    name: z.string().optional(),
    caption: z.string().optional(),
  })
  .transform(
    ({ base64, ...rest }): GivenFile => ({
      ...rest,
      bytes: base64 === undefined ? undefined : Buffer.from(base64, 'base64'),
    }),
  );

const coordinate = z.union([z.number(), z.string().transform(Number)]).pipe(z.number());
const info = z.object({
  name: z.string(),
  phone: z.string(),
  address: z.string().optional(),
  ward: z.string().optional(),
  city: z.string().optional(),
});

const MOST_CHATS = 100;

type Act = (control: Control, userId: string, body: unknown) => unknown;

/** What a user can do, by the last part of the path: `POST users/:id/<act>`. */
const ACTS: Readonly<Record<string, Act>> = {
  say: (control, id, body) => {
    const { text, quoteId } = z.object({ text: z.string().min(1), quoteId: z.string().optional() }).parse(body);
    return control.say(id, text, quoteId);
  },
  tap: (control, id, body) => {
    const { messageId, buttonIndex } = z
      .object({ messageId: z.string(), buttonIndex: z.number().int().min(0) })
      .parse(body);
    return control.tap(id, messageId, buttonIndex);
  },
  image: (control, id, body) => control.image(id, file.parse(body)),
  gif: (control, id, body) => control.gif(id, file.parse(body)),
  audio: (control, id, body) => control.audio(id, file.parse(body)),
  video: (control, id, body) => control.video(id, file.parse(body)),
  file: (control, id, body) => control.file(id, file.parse(body)),
  sticker: (control, id, body) =>
    control.sticker(id, z.object({ stickerId: z.string().optional() }).parse(body).stickerId),
  location: (control, id, body) => {
    const { latitude, longitude } = z.object({ latitude: coordinate, longitude: coordinate }).parse(body);
    return control.location(id, latitude, longitude);
  },
  link: (control, id, body) => {
    const link = z.object({ url: z.string(), title: z.string().optional(), description: z.string().optional() });
    return control.link(id, link.parse(body));
  },
  card: (control, id, body) => control.card(id, z.object({ name: z.string(), phone: z.string() }).parse(body)),
  follow: (control, id) => control.follow(id),
  unfollow: (control, id) => control.unfollow(id),
  chatnow: (control, id) => control.chatNow(id),
  withdraw: (control, id) => control.withdraw(id),
  block: (control, id, body) =>
    control.block(id, z.object({ isBlocked: z.boolean().default(true) }).parse(body).isBlocked),
  'submit-info': (control, id, body) => control.submitInfo(id, info.parse(body)),
  react: (control, id, body) => {
    const { messageId, icon } = z.object({ messageId: z.string(), icon: z.string().default('/-heart') }).parse(body);
    return control.react(id, messageId, icon);
  },
  read: (control, id) => control.readAll(id),
};

/** Users and their acts over HTTP. */
export function userRoutes(app: FastifyInstance, control: Control): void {
  app.post('/users', async (request) => {
    const { phone, ...rest } = newUser.parse(jsonOf(request));
    return control.createUser({ ...rest, phone: phone ?? undefined });
  });
  app.get('/users', async () => [...control.world().users.values()]);
  app.get('/chats', async () => latestChats(control));
  app.post('/users/:id/:act', async (request) => {
    const { id, act } = request.params as { id: string; act: string };
    const run = ACTS[act];
    if (run === undefined) {
      throw new ControlError(`A user cannot "${act}". Known: ${Object.keys(ACTS).join(', ')}.`);
    }
    return (await run(control, id, jsonOf(request))) ?? { ok: true };
  });
  app.get('/transcript/:id', async (request: FastifyRequest) => {
    const { id } = request.params as { id: string };
    return control.transcript(id, { all: 'all' in (request.query as object) });
  });
}

/** The chats where something happened last, for the list of the phone page. */
function latestChats(control: Control) {
  const chats = control.world().chats;
  return [...control.world().users.values()]
    .sort((a, b) => (chats.get(b.id)?.at(-1)?.at ?? b.createdAt) - (chats.get(a.id)?.at(-1)?.at ?? a.createdAt))
    .slice(0, MOST_CHATS)
    .map((user) => {
      const chat = control.transcript(user.id);
      const unread = chat.filter(({ author, seenAt }) => author !== 'user' && seenAt === undefined).length;
      return { user, last: chat.at(-1) ?? null, unread };
    });
}
