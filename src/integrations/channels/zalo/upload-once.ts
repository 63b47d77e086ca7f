import type { FormData } from 'undici';
import type { Clock } from '../../../bot/ports.ts';
import type { ApiResult, ZaloApi } from './api.ts';
import type { CallPurpose } from './pacer.ts';
import type { UploadStore } from './store.ts';

/** The id under which Zalo has an upload, or why there is none. */
export type UploadResult =
  | { readonly kind: 'id'; readonly id: string }
  /** Say it with a link instead. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly result: Exclude<ApiResult, { kind: 'ok' }> };

export interface Upload {
  /** Where our own content names it. */
  readonly url: string;
  readonly path: string;
  /** What the message is for that shows it. */
  readonly purpose: CallPurpose;
  /** `undefined`: there is nothing that Zalo would take. */
  readonly makeForm: () => Promise<(() => FormData) | undefined>;
  /** Finds the id in Zalo's answer; a wrong file name is answered with `error` 0 and empty data. */
  readonly readId: (data: unknown) => string | undefined;
}

/** Ids live seven days; a day is left for messages that wait. */
const LIFE_MS = 6 * 86_400_000;

/** Uploads once and remembers the id as long as Zalo does. */
export async function uploadOnce(
  { api, store, clock }: { readonly api: ZaloApi; readonly store: UploadStore; readonly clock: Clock },
  { url, path, purpose, makeForm, readId }: Upload,
): Promise<UploadResult> {
  const known = await store.find(url, clock.now() - LIFE_MS);
  if (known !== undefined) {
    return { kind: 'id', id: known };
  }
  const form = await makeForm();
  if (form === undefined) {
    return { kind: 'nothing' };
  }
  const result = await api.upload(path, form, purpose);
  if (result.kind !== 'ok') {
    return { kind: 'failed', result };
  }
  const id = readId(result.data);
  if (id === undefined) {
    return { kind: 'nothing' };
  }
  await store.put(url, id, clock.now());
  return { kind: 'id', id };
}
