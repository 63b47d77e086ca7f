import { FormData } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../../bot/ports.ts';
import type { FetchMedia } from '../../media/fetch-media.ts';
import type { Media } from '../../media/media.ts';
import { shrinkPicture } from '../../media/shrink-picture.ts';
import type { ApiResult, ZaloApi } from './api.ts';
import type { UploadStore } from './store.ts';

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

const LARGEST_PICTURE = 1024 * 1024;
/** What Zalo takes as a picture. */
const TYPES = ['image/jpeg', 'image/png'];
/** Ids live seven days; a day is left for messages that wait. */
const LIFE_MS = 6 * 86_400_000;

// A wrong file name is answered with `error` 0 and empty data.
const uploadedSchema = z.looseObject({ attachment_id: z.string().min(1) });

/** Uploads each picture once and remembers its id. */
export function createPictures(deps: {
  readonly api: ZaloApi;
  readonly store: UploadStore;
  readonly clock: Clock;
  readonly fetchMedia: FetchMedia;
}): Pictures {
  const { api, store, clock } = deps;

  async function small(url: string): Promise<Media | undefined> {
    const result = await deps.fetchMedia(url);
    const isUsable = result.kind === 'media' && TYPES.includes(result.media.mime);
    return isUsable ? shrinkPicture(result.media, LARGEST_PICTURE).catch(() => undefined) : undefined;
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

function formOf({ bytes, mime, extension }: Media): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type: mime }), `picture.${extension}`);
  return form;
}
