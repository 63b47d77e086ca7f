import type { FormData } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../../bot/ports.ts';
import type { FetchMedia } from '../../media/fetch-media.ts';
import type { Media } from '../../media/media.ts';
import type { ZaloApi } from './api.ts';
import type { CallPurpose } from './pacer.ts';
import type { UploadStore } from './store.ts';
import { type UploadResult, uploadOnce } from './upload-once.ts';

export interface Files {
  /** `name`: what the customer sees. */
  tokenOf(url: string, name: string, purpose: CallPurpose): Promise<UploadResult>;
  /** Zalo does not know the token any more. */
  forget(url: string): Promise<void>;
}

const LARGEST_FILE = 5 * 1024 * 1024;
/** What Zalo takes as a file, of what `fetchMedia` brings. */
const EXTENSIONS = ['pdf', 'docx'];

const uploadedSchema = z.looseObject({ token: z.string().min(1) });

/** Uploads each file once and remembers its token. */
export function createFiles(deps: {
  readonly api: ZaloApi;
  readonly store: UploadStore;
  readonly clock: Clock;
  readonly fetchMedia: FetchMedia;
}): Files {
  async function makeForm(url: string, name: string): Promise<(() => FormData) | undefined> {
    const result = await deps.fetchMedia(url);
    if (result.kind !== 'media') {
      return undefined;
    }
    const { media } = result;
    const isUsable = EXTENSIONS.includes(media.extension) && media.bytes.length <= LARGEST_FILE;
    if (!isUsable) {
      return undefined;
    }
    const undici = await import('undici');
    return () => formOf(new undici.FormData(), media, name);
  }

  return {
    tokenOf: (url, name, purpose) =>
      uploadOnce(deps, {
        ...{ url, purpose },
        path: '/v2.0/oa/upload/file',
        makeForm: () => makeForm(url, name),
        readId: (data) => uploadedSchema.safeParse(data).data?.token,
      }),
    forget: (url) => deps.store.forget(url),
  };
}

function formOf(form: FormData, { bytes, mime, extension }: Media, name: string): FormData {
  const hasExtension = name.toLowerCase().endsWith(`.${extension}`);
  const fileName = hasExtension ? name : `${name}.${extension}`;
  form.append('file', new Blob([new Uint8Array(bytes)], { type: mime }), fileName);
  return form;
}
