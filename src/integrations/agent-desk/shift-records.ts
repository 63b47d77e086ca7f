import type { Turn } from '../../bot/turn.ts';
import { NO_INTENT } from '../../nlu/understanding.ts';

/** What a shift leader counts. */
export interface ShiftRecords {
  /** Counts of the hours that begin in the window, oldest first. Some moments behind the conversations. */
  hours(window: { readonly from: number; readonly to: number }): Promise<readonly HourCount[]>;
  /** How many conversations wait, and how many each agent holds, now. */
  load(): Promise<ShiftLoad>;
}

export interface HourCount {
  /** UTC ms of its beginning. */
  readonly hour: number;
  /** `topic`: messages of customers by the intent that was understood. `closed`: closings by agent. */
  readonly kind: 'topic' | 'closed';
  /** Intent, `none` for what was not understood; or agent id. */
  readonly name: string;
  readonly times: number;
}

export interface ShiftLoad {
  readonly waiting: number;
  /** UTC ms. Absent when nobody waits. */
  readonly longestWaitSince?: number;
  readonly held: readonly { readonly agentId: string; readonly conversations: number }[];
}

const HOUR_MS = 3_600_000;

/** What a turn adds to the counts of its hour. A question back is neither understood nor not. */
export function shiftCountsOf({
  act,
  understanding,
  missed,
  state,
}: Pick<Turn, 'act' | 'understanding' | 'missed' | 'state'>): readonly Pick<HourCount, 'kind' | 'name'>[] {
  const isUnderstood = understanding?.decision === 'accept' && understanding.intent !== NO_INTENT;
  const topic = missed === true ? NO_INTENT : isUnderstood ? understanding.intent : undefined;
  const closing = act === 'close' ? state.closing : undefined;
  return [
    ...(topic === undefined ? [] : [{ kind: 'topic' as const, name: topic }]),
    ...(closing === undefined ? [] : [{ kind: 'closed' as const, name: closing.agentId }]),
  ];
}

/** UTC ms of the beginning of the hour. Viet Nam's clock is whole hours away from UTC. */
export function hourOf(at: number): number {
  return at - (at % HOUR_MS);
}
