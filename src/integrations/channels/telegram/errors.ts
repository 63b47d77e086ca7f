import type { SendOutcome } from '../../../bot/channel-adapter.ts';
import type { ApiResult } from './api.ts';

type Refusal = Extract<ApiResult, { kind: 'error' }>;

const UNREACHABLE = /chat not found|user not found|PEER_ID_INVALID|chat_id is empty/i;
const BAD_PICTURE =
  /wrong (?:remote )?file identifier|failed to get HTTP URL content|wrong type of the web page content|IMAGE_PROCESS_FAILED|PHOTO_INVALID_DIMENSIONS|WEBPAGE_(?:CURL_FAILED|MEDIA_EMPTY)|file is too big/i;
const TOKEN_RETRY_MS = 5 * 60_000;
const BUSY_RETRY_MS = 5_000;

/** What the outbox must do about a refusal. */
export function outcomeOf({ code, description, retryAfterMs }: Refusal): SendOutcome {
  switch (code) {
    case 429:
      return { result: 'wait', reason: 'rate_limited', afterMs: retryAfterMs ?? BUSY_RETRY_MS };
    case 403:
      return {
        result: 'refused',
        reason: /blocked by the user/i.test(description) ? 'blocked_by_customer' : 'unreachable',
      };
    case 401:
    case 404:
      return { result: 'wait', reason: 'token_refused', afterMs: TOKEN_RETRY_MS };
    default:
      return { result: 'refused', reason: UNREACHABLE.test(description) ? 'unreachable' : 'telegram_payload' };
  }
}

/** The token is wrong or was withdrawn: a human must act. */
export function isTokenRefused({ code }: Refusal): boolean {
  return code === 401 || code === 404;
}

/** Telegram could not fetch, take or read a picture: it is told in words instead. */
export function isBadPicture({ code, description }: Refusal): boolean {
  return code === 413 || (code === 400 && BAD_PICTURE.test(description));
}
