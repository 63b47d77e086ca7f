import { createHash } from 'node:crypto';
import { STICKERS } from '../drawings.ts';
import { keepMedia } from '../media-routes.ts';
import { SAMPLE_AMR, SAMPLE_GIF, SAMPLE_MP4, SAMPLE_PDF, samplePng } from '../sample-media.ts';
import type { Stage } from '../stage.ts';
import type { ChatMessage } from '../world.ts';
import { sendFromPhone } from './user-messages.ts';

/** A file that a test or the phone page brings along; a small sample stands in for a missing one. */
export interface GivenFile {
  readonly bytes?: Buffer | undefined;
  readonly mime?: string | undefined;
  readonly name?: string | undefined;
  readonly caption?: string | undefined;
}

/** A photo, with or without a caption. */
export function sendImage(stage: Stage, userId: string, file: GivenFile = {}): ChatMessage {
  const url = keepMedia(stage, file.bytes ?? samplePng(90), file.mime ?? 'image/png');
  const attachment = { type: 'image', payload: { thumbnail: url, url } };
  return sendFromPhone(stage, userId, { kind: 'image', text: file.caption, attachment });
}

/** A GIF, always without words. */
export function sendGif(stage: Stage, userId: string, file: GivenFile = {}): ChatMessage {
  const url = keepMedia(stage, file.bytes ?? SAMPLE_GIF, 'image/gif');
  return sendFromPhone(stage, userId, { kind: 'gif', attachment: { type: 'gif', payload: { thumbnail: url, url } } });
}

/** A voice note in AMR. */
export function sendAudio(stage: Stage, userId: string, file: GivenFile = {}): ChatMessage {
  const url = keepMedia(stage, file.bytes ?? SAMPLE_AMR, file.mime ?? 'audio/amr');
  return sendFromPhone(stage, userId, { kind: 'audio', attachment: { type: 'audio', payload: { url } } });
}

/** A short film. */
export function sendVideo(stage: Stage, userId: string, file: GivenFile = {}): ChatMessage {
  const url = keepMedia(stage, file.bytes ?? SAMPLE_MP4, file.mime ?? 'video/mp4');
  const thumbnail = keepMedia(stage, samplePng(30), 'image/png');
  const attachment = { type: 'video', payload: { thumbnail, url, description: file.caption ?? '' } };
  return sendFromPhone(stage, userId, { kind: 'video', attachment });
}

/** A document: `size` is a string, `type` the extension, `checksum` MD5. [DOC] */
export function sendFile(stage: Stage, userId: string, file: GivenFile = {}): ChatMessage {
  const bytes = file.bytes ?? SAMPLE_PDF;
  const name = file.name ?? 'hop-dong.pdf';
  const payload = {
    name,
    size: String(bytes.byteLength),
    type: name.split('.').at(-1) ?? '',
    checksum: createHash('md5').update(bytes).digest('hex'),
    url: keepMedia(stage, bytes, file.mime ?? 'application/pdf'),
  };
  return sendFromPhone(stage, userId, { kind: 'file', attachment: { type: 'file', payload } });
}

/** A sticker, always without words. */
export function sendSticker(stage: Stage, userId: string, stickerId = Object.keys(STICKERS)[0] ?? ''): ChatMessage {
  const url = `${stage.mediaBase}/media/sticker-${encodeURIComponent(stickerId)}`;
  const attachment = { type: 'sticker', payload: { id: stickerId, url } };
  return sendFromPhone(stage, userId, { kind: 'sticker', attachment });
}

/** A place; both coordinates are strings. [DOC] */
export function sendLocation(stage: Stage, userId: string, latitude: number, longitude: number): ChatMessage {
  const coordinates = { latitude: String(latitude), longitude: String(longitude) };
  return sendFromPhone(stage, userId, {
    kind: 'location',
    attachment: { type: 'location', payload: { coordinates } },
  });
}

export interface GivenLink {
  readonly url: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

/** A shared address of the web. */
export function sendLink(stage: Stage, userId: string, link: GivenLink): ChatMessage {
  const thumbnail = keepMedia(stage, samplePng(200), 'image/png');
  const payload = { thumbnail, url: link.url, title: link.title, description: link.description ?? '' };
  return sendFromPhone(stage, userId, { kind: 'link', text: link.url, attachment: { type: 'link', payload } });
}

/** Somebody's contact card: a link whose `description` is itself JSON. [DOC] */
export function sendCard(stage: Stage, userId: string, card: { name: string; phone: string }): ChatMessage {
  const description = JSON.stringify({ phone: card.phone, qrCodeUrl: `${stage.mediaBase}/media/avatar-oa` });
  const thumbnail = keepMedia(stage, samplePng(140), 'image/png');
  const attachment = { type: 'link', payload: { thumbnail, url: '', description } };
  return sendFromPhone(stage, userId, { kind: 'business_card', text: card.name, attachment });
}
