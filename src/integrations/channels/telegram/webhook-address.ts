import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiResult, TelegramApi } from './api.ts';
import { UPDATES } from './settings.ts';
import { WEBHOOK_PATH } from './webhook-routes.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Tells Telegram where to post updates, and tries again until it has understood. */
export function createWebhookAddress({
  api,
  onFailure,
}: {
  readonly api: TelegramApi;
  readonly onFailure: (result: Exclude<ApiResult, { kind: 'ok' }>) => void;
}): {
  announce(where: { readonly publicUrl: string; readonly secret: string }): void;
  stop(): void;
} {
  const stopped = new AbortController();

  async function announce(publicUrl: string, secret: string): Promise<void> {
    const url = `${publicUrl.replace(/\/$/, '')}${WEBHOOK_PATH}`;
    const ask = { url, secret_token: secret, allowed_updates: UPDATES, drop_pending_updates: false };
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const result = await api.call('setWebhook', ask, { signal: stopped.signal });
      if (result.kind === 'ok' || stopped.signal.aborted) {
        return;
      }
      onFailure(result);
      const askedFor = result.kind === 'error' ? result.retryAfterMs : undefined;
      await sleep(askedFor ?? pauseMs, undefined, { signal: stopped.signal }).catch(() => {});
    }
  }

  return {
    announce: ({ publicUrl, secret }) => void announce(publicUrl, secret),
    stop: () => stopped.abort(),
  };
}
