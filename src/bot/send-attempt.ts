import { outcomeOf, type RetryPolicy } from './attempt-outcome.ts';
import type { ChannelAdapter, SendOutcome } from './channel-adapter.ts';
import { parseConversationId } from './conversation.ts';
import { mayStillSend } from './handoff.ts';
import type { TrackedMessage } from './message.ts';
import type { HoldNotice } from './notices/hold-notice.ts';
import type { OwnAttempts } from './own-attempts.ts';
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

export interface SendDeps {
  readonly ledger: DeliveryLedger;
  readonly store: Pick<ConversationStore, 'head'>;
  /** By channel. */
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
  readonly events: Pick<DeskEvents, 'publish'>;
  readonly clock: Clock;
  /** Decides what may still be sent; `mayStillSend` unless a test takes the fence away. */
  readonly fence?: typeof mayStillSend | undefined;
  readonly retry: RetryPolicy;
  /** An attempt that has not ended after so long is taken for lost by others, ms. */
  readonly attemptLostAfterMs: number;
  /** Keeps back what has become untrue while it waited; absent: everything goes out as it was written. */
  readonly renewWords?: RenewWords | undefined;
  /** Keeps back notices for which it is too late at night, or too late at all; absent: none is held. */
  readonly holdNotice?: HoldNotice | undefined;
  /** Called when an attempt has ended; one that a crash cut off is told by nobody. */
  readonly onAttempt?: ((message: TrackedMessage, outcome: AttemptOutcome) => Promise<void>) | undefined;
  readonly trace: Trace;
  readonly log: { error(details: object, message: string): void };
}

/** A conversation may stand still so long for a message that its channel does not take yet. */
const LONGEST_WAIT_IN_PLACE_MS = 30 * 60_000;

/**
 * Makes the next attempt at a message; `begun`: it has begun with its turn. `later`: to be tried again. `taken`:
 * somebody else makes this attempt.
 */
export type Deliver = (due: DueMessage, begun?: Attempt) => Promise<'done' | 'later' | 'taken'>;

/** One attempt: begun on the disk, then sent if it still may be, then its outcome on the disk. */
export function createDeliver(deps: SendDeps, own: OwnAttempts): Deliver {
  const fence = deps.fence ?? mayStillSend;

  async function attemptOnce({ message, attempts, waits }: DueMessage, begun: Attempt | undefined) {
    const { conversationId, seq } = message;
    const attempt: Attempt = begun ?? { conversationId, seq, number: attempts + 1, at: deps.clock.now() };
    return own.during(attempt, async () => {
      if (begun === undefined && !(await deps.ledger.begin(attempt))) {
        return 'taken' as const;
      }
      // The attempt is on the disk before the head is read: whoever takes over after this read sees the open attempt.
      const head = await deps.store.head(conversationId);
      const outcome: AttemptOutcome =
        head !== undefined && !fence(message, head.state)
          ? { state: 'withdrawn', reason: 'taken_over' }
          : ((await keepBack(deps, message, attempt)) ??
            comeTooLate(deps, attempt) ??
            (await giveWay(
              deps,
              message,
              outcomeOf(await send(deps, message), {
                tries: attempt.number - waits,
                writtenAt: message.at,
                now: deps.clock.now(),
                retry: deps.retry,
              }),
            )));
      await deps.ledger.finish(attempt, outcome);
      await deps.onAttempt?.(message, outcome);
      deps.events.publish({ conversationId, version: message.version });
      return outcome.state === 'queued' ? 'later' : 'done';
    });
  }

  return (due, begun) =>
    deps.trace.during(
      'deliver',
      () => attemptOnce(due, begun),
      (result) => ({ ...channelFacts(due.message.conversationId), result }),
    );
}

/** What becomes of a message that must not go out as it is, or not now; `undefined`: it may. */
async function keepBack(
  { holdNotice, renewWords }: SendDeps,
  message: DueMessage['message'],
  attempt: Attempt,
): Promise<AttemptOutcome | undefined> {
  const held = await holdNotice?.hold(message, attempt.number);
  const isOutdated = held === undefined && (await renewWords?.renew(message)) === true;
  return isOutdated ? { state: 'withdrawn', reason: 'outdated' } : held;
}

/** A notice that its channel takes only hours later does not keep the answers of the bot from going out before it. */
async function giveWay(
  { holdNotice, clock }: SendDeps,
  message: DueMessage['message'],
  outcome: AttemptOutcome,
): Promise<AttemptOutcome> {
  const { state, nextAt = 0, reason = state } = outcome;
  const isLong = state === 'queued' && nextAt - clock.now() > LONGEST_WAIT_IN_PLACE_MS;
  return (isLong ? await holdNotice?.giveWay(message, nextAt, reason) : undefined) ?? outcome;
}

/**
 * A process that was stopped for longer than an attempt may take: others have decided what became of it, and go on with
 * what comes after. Nothing has been sent, so it may be tried anew. `undefined`: it is in time.
 */
function comeTooLate({ clock, attemptLostAfterMs }: SendDeps, attempt: Attempt): AttemptOutcome | undefined {
  const now = clock.now();
  const isLost = now - attempt.at >= attemptLostAfterMs;
  return isLost ? { state: 'queued', reason: 'interrupted', nextAt: now, isWait: true } : undefined;
}

/** One call of the channel. Its outcome is a value whatever goes wrong. */
async function send(
  { adapters, trace, log, renewWords, holdNotice }: SendDeps,
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
          ...((renewWords ?? holdNotice) && {
            isOutdated: async () =>
              (await renewWords?.isOutdated(message)) === true || (await holdNotice?.isHeld(message)) === true,
          }),
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
