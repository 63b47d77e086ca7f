import type { FormData } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../../bot/ports.ts';
import type { Chart } from '../../../dialogs/chart.ts';
import type { TryToPaint } from '../../charts/paint-chart.ts';
import type { FetchMedia } from '../../media/fetch-media.ts';
import type { Media } from '../../media/media.ts';
import { shrinkPicture } from '../../media/shrink-picture.ts';
import type { ZaloApi } from './api.ts';
import type { CallPurpose } from './pacer.ts';
import type { UploadStore } from './store.ts';
import { type UploadResult, uploadOnce } from './upload-once.ts';

export interface Pictures {
  /** `chart`: the picture is painted from it, and the address is only the key of its upload. */
  idOf(url: string, purpose: CallPurpose, chart?: Chart): Promise<UploadResult>;
  /** Zalo does not know the id any more. */
  forget(url: string): Promise<void>;
}

const LARGEST_PICTURE = 1024 * 1024;
/** What Zalo takes as a picture. */
const TYPES = ['image/jpeg', 'image/png'];

const uploadedSchema = z.looseObject({ attachment_id: z.string().min(1) });

/** Uploads each picture once and remembers its id. */
export function createPictures(deps: {
  readonly api: ZaloApi;
  readonly store: UploadStore;
  readonly clock: Clock;
  readonly fetchMedia: FetchMedia;
  readonly paintChart: TryToPaint;
}): Pictures {
  async function small(url: string): Promise<Media | undefined> {
    const result = await deps.fetchMedia(url);
    const isUsable = result.kind === 'media' && TYPES.includes(result.media.mime);
    return isUsable ? shrinkPicture(result.media, LARGEST_PICTURE).catch(() => undefined) : undefined;
  }

  async function painted(chart: Chart): Promise<Media | undefined> {
    const bytes = await deps.paintChart(chart);
    return bytes && { bytes, mime: 'image/png', extension: 'png' };
  }

  return {
    idOf: (url, purpose, chart) =>
      uploadOnce(deps, {
        ...{ url, purpose },
        path: '/v2.0/oa/upload/image',
        async makeForm() {
          const picture = await (chart === undefined ? small(url) : painted(chart));
          const undici = await import('undici');
          return picture && (() => formOf(new undici.FormData(), picture));
        },
        readId: (data) => uploadedSchema.safeParse(data).data?.attachment_id,
      }),
    forget: (url) => deps.store.forget(url),
  };
}

function formOf(form: FormData, { bytes, mime, extension }: Media): FormData {
  form.append('file', new Blob([new Uint8Array(bytes)], { type: mime }), `picture.${extension}`);
  return form;
}
