import type { Stage } from '../stage.ts';
import { countUp, type Upload } from '../world.ts';
import type { IncomingCall } from './incoming-call.ts';
import { oaRefusal } from './refusal.ts';
import type { Endpoint } from './serve-calls.ts';

interface Rule {
  readonly extensions: readonly string[];
  readonly maxBytes: number;
}

const MEGABYTE = 1024 * 1024;
// [DOC][MULTI]; CSV [ONE]
const RULES: Readonly<Record<Upload['kind'], Rule>> = {
  image: { extensions: ['jpg', 'jpeg', 'png'], maxBytes: MEGABYTE },
  gif: { extensions: ['gif'], maxBytes: 5 * MEGABYTE },
  file: { extensions: ['pdf', 'doc', 'docx', 'csv'], maxBytes: 5 * MEGABYTE },
};

const MIME: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  csv: 'text/csv; charset=utf-8',
};

const FIRST_BYTES: Readonly<Record<string, string>> = {
  jpg: 'ffd8ff',
  jpeg: 'ffd8ff',
  png: '89504e47',
  gif: '47494638',
  pdf: '25504446',
  docx: '504b0304',
  doc: 'd0cf11e0',
};

/** Uploads of images, GIFs and files: one multipart field called `file`. */
export const uploadEndpoints: readonly Endpoint[] = (['image', 'gif', 'file'] as const).map((kind) => ({
  method: 'POST',
  path: `/v2.0/oa/upload/${kind}`,
  permission: 'upload',
  run: (stage, call) => upload(stage, call, kind),
}));

async function upload(stage: Stage, call: IncomingCall, kind: Upload['kind']): Promise<unknown> {
  const { world, clock, ids } = stage;
  const file = await readFile(call);
  const { extensions, maxBytes } = RULES[kind];
  if (file.size > maxBytes) {
    throw oaRefusal(-210, `file has ${file.size} bytes, at most ${maxBytes}`);
  }
  const extension = /\.([^.]+)$/.exec(file.name.toLowerCase())?.[1] ?? '';
  if (!extensions.includes(extension)) {
    // A wrong extension is told by an empty answer, not by an error. [ONE]
    return {};
  }
  const bytes = Buffer.from(await file.arrayBuffer());
  const start = FIRST_BYTES[extension];
  if (world.settings.media.sniffsUploads && start !== undefined && !bytes.toString('hex', 0, 8).startsWith(start)) {
    throw oaRefusal(-201, `file is not ${extension}`);
  }
  const month = new Date(clock.now()).toISOString().slice(0, 7);
  if (countUp(world, `uploads ${month}`) >= world.settings.quota.uploadsPerMonth) {
    throw oaRefusal(-211, 'uploads of this month');
  }
  const n = countUp(world, 'uploads');
  const id = ids.hex(40, 'upload', n);
  const mediaId = `up-${ids.hex(24, 'uploadMedia', n)}`;
  world.media.set(mediaId, { bytes, mime: MIME[extension] ?? 'application/octet-stream', at: clock.now() });
  world.uploads.set(id, { id, kind, name: file.name, size: file.size, mediaId, at: clock.now() });
  return kind === 'file' ? { token: id } : { attachment_id: id };
}

async function readFile({ headers, body }: IncomingCall): Promise<File> {
  const type = String(headers['content-type'] ?? '');
  if (!type.startsWith('multipart/form-data')) {
    throw oaRefusal(-201, 'Content-Type must be multipart/form-data');
  }
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw oaRefusal(-201, 'body');
  });
  const files = form.getAll('file');
  const file = files[0];
  if (files.length !== 1 || !(file instanceof File)) {
    throw oaRefusal(-201, 'file');
  }
  return file;
}
