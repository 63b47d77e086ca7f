import { parseConversationId } from './conversation.ts';
import { createHandedMessages, isToSend } from './handed-messages.ts';
import { createKeyedRunner } from './keyed-runner.ts';
import type { ConversationId } from './message.ts';
import { createOwnAttempts } from './own-attempts.ts';
import type { Attempt } from './ports.ts';
import { createDeliver, type SendDeps } from './send-attempt.ts';
import type { Turn } from './turn.ts';

export interface Outbox {
  /** The attempt that may begin together with this turn, which is about to be committed: nothing waits before it. */
  firstAttempt(turn: Turn): Attempt | undefined;
  /** Sends the messages of a turn just committed, after everything before them; the attempt has begun with it. */
  take(turn: Turn, attempt?: Attempt): void;
  /** Sends what is due anywhere: retries, and what a crash left queued. */
  sweep(): Promise<void>;
  /** Decides attempts that began more than `olderThanMs` ago and never ended: their process is gone. */
  recover(olderThanMs: number): Promise<void>;
  /** Tries a message again that did not go out, or of which nobody knows. `false`: there is nothing to try again. */
  retry(conversationId: ConversationId, seq: number): Promise<boolean>;
  idle(): Promise<void>;
}

const SWEEP_LIMIT = 500;

/**
 * Delivers the messages of committed turns: in order per conversation, retried, never after a take-over. Safety words wait
 * for none of the other answers.
 */
export function createOutbox(deps: SendDeps): Outbox {
  const runner = createKeyedRunner(drain);
  const handed = createHandedMessages();
  const own = createOwnAttempts();
  const deliver = createDeliver(deps, own);

  async function drain(conversationId: ConversationId): Promise<void> {
    try {
      await sendBegun(conversationId);
      await sendHanded(conversationId);
      if (!handed.isComplete(conversationId)) {
        const version = handed.lastTaken(conversationId);
        await sendDue(conversationId);
        if (version !== undefined && (await deps.ledger.isQuiet?.(conversationId)) === true) {
          handed.settle(conversationId, version);
        }
      }
    } catch (error) {
      handed.forget(conversationId);
      deps.log.error({ error }, 'Delivery stopped; the next sweep takes it up.');
    }
  }

  async function sendBegun(conversationId: ConversationId): Promise<void> {
    const next = handed.begun(conversationId);
    if (next === undefined) {
      return;
    }
    const { message, resume, attempt } = next;
    try {
      if ((await resume(() => deliver({ message, attempts: 0, waits: 0 }, attempt))) !== 'done') {
        handed.forget(conversationId);
      }
    } finally {
      handed.ended(conversationId);
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
      handed.done(message);
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

  return {
    firstAttempt(turn) {
      const { conversationId } = turn;
      const first = handed.isClearFor(turn) ? turn.messages.find(isToSend) : undefined;
      return first && { conversationId, seq: first.seq, number: 1, at: deps.clock.now() };
    },
    take(turn, attempt) {
      handed.take(turn, deps.trace.remember(), attempt);
      if (turn.messages.some((message) => message.direction === 'out')) {
        runner.run(turn.conversationId);
      }
    },
    async sweep() {
      for (const { message } of await deps.ledger.due({ now: deps.clock.now(), limit: SWEEP_LIMIT })) {
        if (!handed.isInLine(message.conversationId, message.seq)) {
          runAsking(message.conversationId);
        }
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

/** An attempt whose process is gone: sent again where that shows once, otherwise nobody knows. */
async function recoverAttempt({ adapters, ledger, clock, events }: SendDeps, attempt: Attempt): Promise<void> {
  const adapter = adapters.get(parseConversationId(attempt.conversationId).channel);
  await ledger.finish(
    attempt,
    adapter?.canRepeat === true
      ? { state: 'queued', reason: 'interrupted', nextAt: clock.now() }
      : { state: 'uncertain', reason: 'interrupted' },
  );
  events.publish({ conversationId: attempt.conversationId, version: 0 });
}
