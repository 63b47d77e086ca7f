import { parseConversationId } from './conversation.ts';
import { mayStillSend } from './handoff.ts';
import { createKeyedRunner } from './keyed-runner.ts';
import type { ConversationId } from './message.ts';
import type {
  Attempt,
  AttemptOutcome,
  ChannelAdapter,
  Clock,
  ConversationStore,
  DeliveryLedger,
  DeskEvents,
  DueMessage,
  SendOutcome,
} from './ports.ts';

export interface OutboxDeps {
  readonly ledger: DeliveryLedger;
  readonly store: Pick<ConversationStore, 'head'>;
  /** By channel. */
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
  readonly events: Pick<DeskEvents, 'publish'>;
  readonly clock: Clock;
  readonly retry: RetryPolicy;
  readonly log: { error(details: object, message: string): void };
}

export interface RetryPolicy {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  readonly mostAttempts: number;
}

export interface Outbox {
  /** Sends what is due in one conversation, in order. */
  wake(conversationId: ConversationId): void;
  /** Sends what is due anywhere: retries, and what a crash left queued. */
  sweep(): Promise<void>;
  /** Decides attempts that began more than `olderThanMs` ago and never ended: their process is gone. */
  recover(olderThanMs: number): Promise<void>;
  idle(): Promise<void>;
}

const SWEEP_LIMIT = 500;

/** Delivers the messages of committed turns: in order per conversation, retried, never after a take-over. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const runner = createKeyedRunner(drain);

  async function drain(conversationId: ConversationId): Promise<void> {
    try {
      for (;;) {
        const [due] = await deps.ledger.due({ now: deps.clock.now(), limit: 1, conversationId });
        if (due === undefined || !(await deliver(due))) {
          return;
        }
      }
    } catch (error) {
      deps.log.error({ error }, 'Delivery stopped; the next sweep takes it up.');
    }
  }

  /** Returns whether the conversation may have more to send now. */
  async function deliver({ message, attempts }: DueMessage): Promise<boolean> {
    const { conversationId, seq } = message;
    const attempt: Attempt = { conversationId, seq, number: attempts + 1, at: deps.clock.now() };
    if (!(await deps.ledger.begin(attempt))) {
      return false;
    }
    // The attempt is on the disk before the head is read: whoever takes over after this read sees the open attempt.
    const head = await deps.store.head(conversationId);
    const outcome: AttemptOutcome =
      head !== undefined && !mayStillSend(message, head.state)
        ? { state: 'withdrawn', reason: 'taken_over' }
        : toOutcome(await send(message), attempt);
    await deps.ledger.finish(attempt, outcome);
    deps.events.publish({ conversationId, version: message.version });
    return true;
  }

  async function send(message: DueMessage['message']): Promise<SendOutcome> {
    const { channel } = parseConversationId(message.conversationId);
    const adapter = deps.adapters.get(channel);
    if (adapter === undefined) {
      return { result: 'refused', reason: `no_channel_${channel}` };
    }
    try {
      return await adapter.send({ message, idempotencyKey: `${message.conversationId}/${message.seq}` });
    } catch (error) {
      deps.log.error({ error, channel }, 'A channel adapter threw: it should have answered with an outcome.');
      return adapter.canRepeat
        ? { result: 'retry', reason: 'adapter_threw' }
        : { result: 'unknown', reason: 'adapter_threw' };
    }
  }

  function toOutcome(sent: SendOutcome, attempt: Attempt): AttemptOutcome {
    switch (sent.result) {
      case 'accepted':
        return {
          state: 'accepted',
          ...(sent.channelMessageId !== undefined && { channelMessageId: sent.channelMessageId }),
        };
      case 'refused':
        return { state: 'failed', reason: sent.reason };
      case 'unknown':
        return { state: 'uncertain', reason: sent.reason };
      case 'retry':
        return attempt.number >= deps.retry.mostAttempts
          ? { state: 'failed', reason: sent.reason }
          : {
              state: 'queued',
              reason: sent.reason,
              nextAt: deps.clock.now() + (sent.afterMs ?? backOff(attempt.number)),
            };
    }
  }

  function backOff(attempt: number): number {
    return Math.min(deps.retry.firstDelayMs * 2 ** (attempt - 1), deps.retry.longestDelayMs);
  }

  async function recoverAttempt(attempt: Attempt): Promise<void> {
    const adapter = deps.adapters.get(parseConversationId(attempt.conversationId).channel);
    await deps.ledger.finish(
      attempt,
      adapter?.canRepeat === true
        ? { state: 'queued', reason: 'interrupted', nextAt: deps.clock.now() }
        : { state: 'uncertain', reason: 'interrupted' },
    );
    deps.events.publish({ conversationId: attempt.conversationId, version: 0 });
  }

  return {
    wake: (conversationId) => runner.run(conversationId),
    async sweep() {
      for (const due of await deps.ledger.due({ now: deps.clock.now(), limit: SWEEP_LIMIT })) {
        runner.run(due.message.conversationId);
      }
    },
    async recover(olderThanMs) {
      const before = deps.clock.now() - olderThanMs;
      for (const attempt of await deps.ledger.open({ before, limit: SWEEP_LIMIT })) {
        await recoverAttempt(attempt);
        runner.run(attempt.conversationId);
      }
    },
    idle: () => runner.idle(),
  };
}
