import { outcomeOf, type RetryPolicy } from './attempt-outcome.ts';
import type { ChannelAdapter, SendOutcome } from './channel-adapter.ts';
import { parseConversationId } from './conversation.ts';
import { createHandedMessages } from './handed-messages.ts';
import { mayStillSend } from './handoff.ts';
import { createKeyedRunner } from './keyed-runner.ts';
import type { ConversationId, TrackedMessage } from './message.ts';
import { createOwnAttempts } from './own-attempts.ts';
import type {
  Attempt,
  AttemptOutcome,
  Clock,
  ConversationStore,
  DeliveryLedger,
  DeskEvents,
  DueMessage,
} from './ports.ts';
import type { RenewWords } from './renew-words.ts';
import { channelFacts, type Trace } from './trace.ts';
import type { Turn } from './turn.ts';

export interface OutboxDeps {
  readonly ledger: DeliveryLedger;
  readonly store: Pick<ConversationStore, 'head'>;
  /** By channel. */
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
  readonly events: Pick<DeskEvents, 'publish'>;
  readonly clock: Clock;
  /** Decides what may still be sent; `mayStillSend` unless a test takes the fence away. */
  readonly fence?: typeof mayStillSend | undefined;
  readonly retry: RetryPolicy;
  /** Keeps back what has become untrue while it waited; absent: everything goes out as it was written. */
  readonly renewWords?: RenewWords | undefined;
  /** Called when an attempt has ended; one that a crash cut off is told by nobody. */
  readonly onAttempt?: ((message: TrackedMessage, outcome: AttemptOutcome) => Promise<void>) | undefined;
  readonly trace: Trace;
  readonly log: { error(details: object, message: string): void };
}

export interface Outbox {
  /** Sends the messages of a turn just committed, after everything before them. */
  take(turn: Turn): void;
  /** Sends what is due anywhere: retries, and what a crash left queued. */
  sweep(): Promise<void>;
  /** Decides attempts that began more than `olderThanMs` ago and never ended: their process is gone. */
  recover(olderThanMs: number): Promise<void>;
  /** Tries a message again that did not go out, or of which nobody knows. `false`: there is nothing to try again. */
  retry(conversationId: ConversationId, seq: number): Promise<boolean>;
  idle(): Promise<void>;
}

const SWEEP_LIMIT = 500;

/** Delivers the messages of committed turns: in order per conversation, retried, never after a take-over. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const fence = deps.fence ?? mayStillSend;
  const runner = createKeyedRunner(drain);
  const handed = createHandedMessages();
  const own = createOwnAttempts();

  async function drain(conversationId: ConversationId): Promise<void> {
    try {
      await sendHanded(conversationId);
      if (!handed.isComplete(conversationId)) {
        await sendDue(conversationId);
      }
    } catch (error) {
      handed.forget(conversationId);
      deps.log.error({ error }, 'Delivery stopped; the next sweep takes it up.');
    }
  }

  async function sendHanded(conversationId: ConversationId): Promise<void> {
    for (;;) {
      const next = handed.next(conversationId);
      if (next === undefined) {
        return;
      }
      const { message, resume } = next;
      if ((await resume(() => deliver({ message, attempts: 0, waits: 0 }))) !== 'done') {
        handed.forget(conversationId);
        return;
      }
      handed.done(conversationId);
    }
  }

  async function sendDue(conversationId: ConversationId): Promise<void> {
    for (;;) {
      const [due] = await deps.ledger.due({ now: deps.clock.now(), limit: 1, conversationId });
      if (due === undefined || (await deliver(due)) === 'taken') {
        return;
      }
    }
  }

  /** A run that must ask the ledger: something may be due that no turn of this process brought. */
  function runAsking(conversationId: ConversationId): void {
    handed.forget(conversationId);
    runner.run(conversationId);
  }

  /** `later`: to be tried again. `taken`: somebody else makes this attempt. */
  function deliver(due: DueMessage): Promise<'done' | 'later' | 'taken'> {
    return deps.trace.during(
      'deliver',
      () => attemptOnce(due),
      (result) => ({ ...channelFacts(due.message.conversationId), result }),
    );
  }

  async function attemptOnce({ message, attempts, waits }: DueMessage): Promise<'done' | 'later' | 'taken'> {
    const { conversationId, seq } = message;
    const attempt: Attempt = { conversationId, seq, number: attempts + 1, at: deps.clock.now() };
    return own.during(attempt, async () => {
      if (!(await deps.ledger.begin(attempt))) {
        return 'taken';
      }
      // The attempt is on the disk before the head is read: whoever takes over after this read sees the open attempt.
      const head = await deps.store.head(conversationId);
      const outcome: AttemptOutcome =
        head !== undefined && !fence(message, head.state)
          ? { state: 'withdrawn', reason: 'taken_over' }
          : (await deps.renewWords?.renew(message)) === true
            ? { state: 'withdrawn', reason: 'outdated' }
            : outcomeOf(await send(deps, message), {
                tries: attempt.number - waits,
                writtenAt: message.at,
                now: deps.clock.now(),
                retry: deps.retry,
              });
      await deps.ledger.finish(attempt, outcome);
      await deps.onAttempt?.(message, outcome);
      deps.events.publish({ conversationId, version: message.version });
      return outcome.state === 'queued' ? 'later' : 'done';
    });
  }

  return {
    take(turn) {
      handed.take(turn, deps.trace.remember());
      if (turn.messages.some((message) => message.direction === 'out')) {
        runner.run(turn.conversationId);
      }
    },
    async sweep() {
      for (const due of await deps.ledger.due({ now: deps.clock.now(), limit: SWEEP_LIMIT })) {
        runAsking(due.message.conversationId);
      }
    },
    async recover(olderThanMs) {
      const before = deps.clock.now() - olderThanMs;
      for (let left = SWEEP_LIMIT; left === SWEEP_LIMIT; ) {
        const open = await deps.ledger.open({ before, limit: SWEEP_LIMIT });
        const lost = open.filter((each) => !own.isUnderWay(each));
        for (const attempt of lost) {
          await recoverAttempt(deps, attempt);
          runAsking(attempt.conversationId);
        }
        // Those of this process stay open: only a page of nothing but lost ones shows what is behind it.
        left = lost.length;
      }
    },
    async retry(conversationId, seq) {
      const isBack = await deps.ledger.retry(conversationId, seq, deps.clock.now());
      if (isBack) {
        runAsking(conversationId);
      }
      return isBack;
    },
    idle: () => runner.idle(),
  };
}

/** One call of the channel. Its outcome is a value whatever goes wrong. */
async function send(
  { adapters, trace, log, renewWords }: OutboxDeps,
  message: DueMessage['message'],
): Promise<SendOutcome> {
  const { channel } = parseConversationId(message.conversationId);
  const adapter = adapters.get(channel);
  if (adapter === undefined) {
    return { result: 'refused', reason: `no_channel_${channel}` };
  }
  try {
    return await trace.during(
      'send',
      () =>
        adapter.send({
          message,
          idempotencyKey: `${message.conversationId}/${message.seq}`,
          ...(renewWords !== undefined && { isOutdated: () => renewWords.isOutdated(message) }),
        }),
      ({ result }) => ({ channel, result }),
    );
  } catch (error) {
    log.error({ error, channel }, 'A channel adapter threw: it should have answered with an outcome.');
    return adapter.canRepeat
      ? { result: 'retry', reason: 'adapter_threw' }
      : { result: 'unknown', reason: 'adapter_threw' };
  }
}

/** An attempt whose process is gone: sent again where that shows once, otherwise nobody knows. */
async function recoverAttempt({ adapters, ledger, clock, events }: OutboxDeps, attempt: Attempt): Promise<void> {
  const adapter = adapters.get(parseConversationId(attempt.conversationId).channel);
  await ledger.finish(
    attempt,
    adapter?.canRepeat === true
      ? { state: 'queued', reason: 'interrupted', nextAt: clock.now() }
      : { state: 'uncertain', reason: 'interrupted' },
  );
  events.publish({ conversationId: attempt.conversationId, version: 0 });
}
