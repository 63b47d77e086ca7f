import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { TermLease } from '../../term-lease.ts';
import type { ApiResult, TelegramApi } from './api.ts';
import { type TelegramSettings, UPDATES } from './settings.ts';

export interface PollingDeps {
  readonly api: TelegramApi;
  /** Makes an update durable; throws when nothing can. */
  readonly take: (update: unknown) => Promise<void>;
  readonly settings: TelegramSettings;
  /** Absent: nobody else asks. */
  /** Of the nodes that serve one bot, one asks for its updates: two at a time would cut each other off (409). */
  readonly lease?: TermLease | undefined;
  readonly onFailure: (result: Exclude<ApiResult, { kind: 'ok' }>) => void;
  readonly onUnkept: (error: unknown) => void;
}

export interface Polling {
  start(): void;
  /** Resolves when the update in hand is durable and no poll is under way. */
  stop(): Promise<void>;
}

const GRACE_MS = 10_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** How often a node that does not poll looks whether it may. */
const LEASE_LOOK_MS = 2_000;

const updatesSchema = z.array(z.looseObject({ update_id: z.number() }));

/**
 * Asks Telegram for updates. An update is acknowledged by the offset of the next poll, so only after it is durable: what
 * a crash leaves unacknowledged comes again, and the inbox drops what it knows. Telegraf's own polling acknowledges on
 * a failure too, so only its client is used.
 */
export function createPolling({ api, take, settings, lease, onFailure, onUnkept }: PollingDeps): Polling {
  const stopped = new AbortController();
  let running: Promise<void> | undefined;
  let offset: number | undefined;
  let failures = 0;

  const pause = (ms: number) => sleep(ms, undefined, { signal: stopped.signal }).catch(() => {});

  /** Polling and webhook exclude each other. */
  async function leaveWebhook(): Promise<void> {
    while (!stopped.signal.aborted) {
      const result = await api.call('deleteWebhook', { drop_pending_updates: false }, { signal: stopped.signal });
      if (result.kind === 'ok') {
        return;
      }
      await recover(result);
    }
  }

  async function recover(result: Exclude<ApiResult, { kind: 'ok' }>): Promise<void> {
    if (stopped.signal.aborted) {
      return;
    }
    onFailure(result);
    failures += 1;
    const growing = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
    await pause(result.kind === 'error' ? (result.retryAfterMs ?? growing) : growing);
  }

  async function poll(): Promise<void> {
    const timeoutMs = settings.pollSeconds * 1_000 + GRACE_MS;
    // A database that is down keeps no update either, so nothing is asked for.
    if (lease !== undefined && !(await lease.hold(timeoutMs).catch(() => false))) {
      // Another node has acknowledged more by now.
      offset = undefined;
      return pause(LEASE_LOOK_MS);
    }
    const ask = { offset, timeout: settings.pollSeconds, allowed_updates: UPDATES };
    const result = await api.call('getUpdates', ask, { timeoutMs, signal: stopped.signal });
    if (result.kind !== 'ok') {
      return recover(result);
    }
    failures = 0;
    const updates = updatesSchema.catch([]).parse(result.result);
    for (const update of updates) {
      try {
        await take(update);
      } catch (error) {
        onUnkept(error);
        return pause(FIRST_PAUSE_MS);
      }
      offset = update.update_id + 1;
    }
    if (updates.length === 0) {
      await pause(settings.idlePauseMs);
    }
  }

  async function run(): Promise<void> {
    await leaveWebhook();
    while (!stopped.signal.aborted) {
      await poll();
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
