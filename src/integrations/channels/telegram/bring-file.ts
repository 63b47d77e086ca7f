import { z } from 'zod';
import { createFetchMedia } from '../../media/fetch-media.ts';
import type { BringMedia, MediaResult } from '../../media/media.ts';
import type { ApiResult, TelegramApi } from './api.ts';
import { TELEGRAM_DEFAULTS } from './settings.ts';

/** A path on Telegram's file server; one that leads elsewhere is none. */
const fileSchema = z.looseObject({ file_path: z.string().regex(/^(?!.*\.\.)[\w-][\w./-]*$/) });

/** Brings a file by its id: first its path, then its bytes. Its address holds the token, so it is never kept or logged. */
export function createBringFile(deps: {
  readonly api: TelegramApi;
  readonly token: string;
  readonly apiRoot: string;
}): BringMedia {
  const { host } = new URL(deps.apiRoot);
  const isTelegram = deps.apiRoot === TELEGRAM_DEFAULTS.apiRoot;
  const fetchMedia = createFetchMedia({ source: isTelegram ? { hosts: [host] } : { hosts: [], trusted: [host] } });

  return async ({ ref }) => {
    if (ref === undefined) {
      return { kind: 'refused', reason: 'not_there' };
    }
    const answer = await deps.api.call('getFile', { file_id: ref });
    if (answer.kind !== 'ok') {
      return whyNot(answer);
    }
    const file = fileSchema.safeParse(answer.result);
    return file.success
      ? fetchMedia(`${deps.apiRoot}/file/bot${deps.token}/${file.data.file_path}`)
      : { kind: 'refused', reason: 'not_there' };
  };
}

function whyNot(answer: Exclude<ApiResult, { kind: 'ok' }>): MediaResult {
  if (answer.kind === 'error' && answer.code === 400) {
    return { kind: 'refused', reason: /too big/i.test(answer.description) ? 'too_large' : 'not_there' };
  }
  return { kind: 'failed', reason: answer.kind === 'error' ? `telegram_${answer.code}` : 'unreachable' };
}
