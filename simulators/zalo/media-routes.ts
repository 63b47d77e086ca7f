import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { avatarSvg, stickerSvg } from './drawings.ts';
import type { Stage } from './stage.ts';
import { countUp, type StoredMedia } from './world.ts';

/** Host role `media`: what users sent and what the OA uploaded, without any token. */
export function mediaRoutes(app: FastifyInstance, stageOf: () => Stage): void {
  app.get('/media/:id', async (request, reply) => {
    const stage = stageOf();
    const { id } = request.params as { id: string };
    const { media } = stage.world.settings;
    if (media.slowMs > 0) {
      await sleep(media.slowMs);
    }
    reply.header('X-Content-Type-Options', 'nosniff');
    const drawing = drawingOf(stage, id);
    if (drawing !== undefined) {
      return reply.type('image/svg+xml; charset=utf-8').send(drawing);
    }
    const stored = stage.world.media.get(id);
    if (stored === undefined || isGone(stage, stored)) {
      return reply.code(404).type('text/plain').send('Not found');
    }
    return sendStored(reply, stored, media);
  });
}

/** Keeps a file that a user sends and returns its address. */
export function keepMedia(stage: Stage, bytes: Buffer, mime: string): string {
  const id = `in-${stage.ids.hex(24, 'media', countUp(stage.world, 'media'))}`;
  stage.world.media.set(id, { bytes, mime, at: stage.clock.now() });
  return `${stage.mediaBase}/media/${id}`;
}

function sendStored(reply: FastifyReply, { bytes, mime }: StoredMedia, media: Stage['world']['settings']['media']) {
  const padding = Math.max(media.oversizeBytes - bytes.length, 0);
  const body = padding === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(padding)]);
  return reply.type(media.wrongMime ? 'text/html; charset=utf-8' : mime).send(body);
}

function isGone({ world, clock }: Stage, stored: StoredMedia): boolean {
  const minutes = world.settings.media.lifetimeMinutes;
  return minutes !== null && clock.now() - stored.at > minutes * 60_000;
}

function drawingOf({ world }: Stage, id: string): string | undefined {
  if (id.startsWith('sticker-')) {
    return stickerSvg(id.slice('sticker-'.length));
  }
  if (id === 'avatar-oa') {
    return avatarSvg(world.settings.oa.name);
  }
  const user = id.startsWith('avatar-') ? world.users.get(id.slice('avatar-'.length)) : undefined;
  return user === undefined ? undefined : avatarSvg(user.name);
}
