import { wake } from './agent-moves.ts';
import type { TurnDeps } from './handle-turn.ts';
import type { InboundEvent, TimerKind } from './message.ts';
import { endOutsideHold } from './outside-agent-turn.ts';
import { tellOfLongWait } from './tell-of-wait.ts';
import type { Turn } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

/** A timer that has come due. When the conversation has moved on since, the turn only says that the timer is done with. */
export async function timerTurn(
  deps: TurnDeps,
  event: InboundEvent,
  content: { readonly timer: TimerKind; readonly version: number; readonly epoch: number },
  head: Turn | undefined,
): Promise<TurnDraft> {
  const draft = createTurnDraft({
    event,
    head,
    kind: 'system',
    now: deps.clock.now(),
    contentVersion: deps.engine.contentVersion,
  });
  if (content.timer === 'outside_hold') {
    endOutsideHold(draft);
  } else if (content.timer === 'snooze') {
    // A longer snooze since then has a timer of its own.
    if (draft.state.epoch === content.epoch && draft.now >= (draft.state.snoozedUntil ?? Number.POSITIVE_INFINITY)) {
      wake(draft);
    }
  } else if (draft.state.holder === 'queue' && draft.state.epoch === content.epoch) {
    await tellOfLongWait(deps, draft);
  }
  return draft;
}
