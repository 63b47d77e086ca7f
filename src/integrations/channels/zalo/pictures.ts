import { Agent, FormData, fetch } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../../bot/ports.ts';
import type { ApiResult, ZaloApi } from './api.ts';
import type { UploadStore } from './store.ts';

export interface Picture {
  readonly bytes: Uint8Array;
  readonly type: 'image/jpeg' | 'image/png';
}

/** Brings a picture of our own content; `undefined` when there is none, or it is no JPEG or PNG. */
export type FetchPicture = (url: string) => Promise<Picture | undefined>;

/** Makes a picture at most so many bytes large; `undefined` when that cannot be done. */
export type ShrinkPicture = (picture: Picture, mostBytes: number) => Promise<Picture | undefined>;

/** The id under which Zalo has a picture, or why there is none. */
export type PictureResult =
  | { readonly kind: 'id'; readonly id: string }
  /** Say it with a link instead. */
  | { readonly kind: 'no_picture' }
  | { readonly kind: 'failed'; readonly result: Exclude<ApiResult, { kind: 'ok' }> };

export interface Pictures {
  idOf(url: string): Promise<PictureResult>;
  /** Zalo does not know the id any more. */
  forget(url: string): Promise<void>;
}

export const LARGEST_PICTURE = 1024 * 1024;
/** Ids live seven days; a day is left for messages that wait. */
const LIFE_MS = 6 * 86_400_000;
const LARGEST_DOWNLOAD = 10 * 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 8_000;

// A wrong file name is answered with `error` 0 and empty data.
const uploadedSchema = z.looseObject({ attachment_id: z.string().min(1) });

/** Uploads each picture once and remembers its id. */
export function createPictures(deps: {
  readonly api: ZaloApi;
  readonly store: UploadStore;
  readonly clock: Clock;
  readonly fetchPicture: FetchPicture;
  readonly shrinkPicture: ShrinkPicture | undefined;
}): Pictures {
  const { api, store, clock } = deps;

  async function small(url: string): Promise<Picture | undefined> {
    const picture = await deps.fetchPicture(url).catch(() => undefined);
    if (picture === undefined || picture.bytes.length <= LARGEST_PICTURE) {
      return picture;
    }
    const shrunk = await deps.shrinkPicture?.(picture, LARGEST_PICTURE).catch(() => undefined);
    return shrunk !== undefined && shrunk.bytes.length <= LARGEST_PICTURE ? shrunk : undefined;
  }

  return {
    async idOf(url) {
      const known = await store.find(url, clock.now() - LIFE_MS);
      if (known !== undefined) {
        return { kind: 'id', id: known };
      }
      const picture = await small(url);
      if (picture === undefined) {
        return { kind: 'no_picture' };
      }
      const result = await api.upload('/v2.0/oa/upload/image', () => formOf(picture));
      if (result.kind !== 'ok') {
        return { kind: 'failed', result };
      }
      const parsed = uploadedSchema.safeParse(result.data);
      if (!parsed.success) {
        return { kind: 'no_picture' };
      }
      await store.put(url, parsed.data.attachment_id, clock.now());
      return { kind: 'id', id: parsed.data.attachment_id };
    },
    forget: (url) => store.forget(url),
  };
}

function formOf({ bytes, type }: Picture): FormData {
  const form = new FormData();
  const name = type === 'image/png' ? 'picture.png' : 'picture.jpg';
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return form;
}

/** Downloads a picture that our own content names. */
export async function downloadPicture(url: string): Promise<Picture | undefined> {
  const agent = new Agent({ maxResponseSize: LARGEST_DOWNLOAD });
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS), dispatcher: agent });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const type = typeOf(bytes);
    return answer.ok && type !== undefined ? { bytes, type } : undefined;
  } finally {
    await agent.destroy();
  }
}

/** Told by the first bytes, whatever the server says. */
function typeOf(bytes: Uint8Array): Picture['type'] | undefined {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  return start === '89504e47' ? 'image/png' : start.startsWith('ffd8ff') ? 'image/jpeg' : undefined;
}
