import type { InboundEvent } from './message.ts';
import type { Clock, WorkLedger } from './ports.ts';

export interface TimerDeps {
  readonly ledger: Pick<WorkLedger, 'timersDue' | 'timerFired'>;
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  readonly clock: Clock;
}

const LIMIT = 200;

/** Turns timers that have come due into events of the inbox. A timer fired twice is one event: its key says so. */
export function createTimerSweep({ ledger, receive, clock }: TimerDeps): () => Promise<void> {
  return async () => {
    const now = clock.now();
    for (const timer of await ledger.timersDue({ now, limit: LIMIT })) {
      await receive({
        key: `timer/${timer.conversationId}/${timer.version}/${timer.kind}`,
        conversationId: timer.conversationId,
        orderKey: timer.due,
        receivedAt: now,
        content: { kind: 'timer', timer: timer.kind, version: timer.version, epoch: timer.epoch },
      });
      await ledger.timerFired(timer);
    }
  };
}
