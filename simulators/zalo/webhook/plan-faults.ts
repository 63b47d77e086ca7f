import type { Stage } from '../stage.ts';
import type { OutgoingEvent } from './create-webhook.ts';
import { type WrittenEvent, writeEvent } from './write-event.ts';

export type EventKey = readonly [name: string, subjectId: string, nth: number];

/** What will go wrong with one event. */
export interface FaultPlan {
  readonly names: readonly string[];
  readonly delayMs: number;
  readonly copyDelayMs: number;
  readonly hasParallelCopy: boolean;
  readonly hasLaterCopy: boolean;
  readonly losesAnswer: boolean;
  readonly hasNumericTimestamp: boolean;
  readonly ageHours: number;
}

/** Draws the faults of one event; the same seed and key always give the same plan. */
export function planFaults({ world: { faults }, draws }: Stage, key: EventKey): FaultPlan {
  const isHeldBack = draws.happens(faults.reorder.p, 'reorder', ...key);
  const hold = isHeldBack ? draws.between([1, Math.max(faults.reorder.windowMs, 1)], 'hold', ...key) : 0;
  const plan = {
    delayMs: draws.between(faults.delayMs, 'delay', ...key) + hold,
    copyDelayMs: draws.between([200, 20_000], 'copy', ...key),
    hasParallelCopy: draws.happens(faults.duplicateParallel, 'duplicateParallel', ...key),
    hasLaterCopy: draws.happens(faults.duplicate, 'duplicate', ...key),
    losesAnswer: draws.happens(faults.loseWebhookAnswer, 'loseWebhookAnswer', ...key),
    hasNumericTimestamp: draws.happens(faults.numericTimestamp, 'numericTimestamp', ...key),
    ageHours: faults.oldEvent,
  };
  const names = [
    isHeldBack && 'reorder',
    plan.losesAnswer && 'loseWebhookAnswer',
    plan.hasNumericTimestamp && 'numericTimestamp',
    plan.ageHours > 0 && 'oldEvent',
  ].filter((name) => name !== false);
  return { ...plan, names };
}

interface Forgery {
  readonly fault: string;
  readonly event: OutgoingEvent;
  readonly written: WrittenEvent;
}

/** Further requests that a fault sends beside the real event: forged ones, and events of an unknown name. */
export function forgeriesOf(stage: Stage, event: OutgoingEvent, plan: FaultPlan, key: EventKey): Forgery[] {
  const { draws, world } = stage;
  const forgeries: Forgery[] = [];
  if (draws.happens(world.faults.badSignature, 'badSignature', ...key)) {
    const forged = withOtherId(event, draws.hex(20, 'forged', ...key));
    const written = writeEvent(stage, forged, plan, key);
    const way = Math.floor(draws.fraction('forgery', ...key) * 3);
    forgeries.push({ fault: 'badSignature', event: forged, written: spoil(stage, written, way) });
  }
  if (draws.happens(world.faults.unknownEvent, 'unknownEvent', ...key)) {
    const name = ['user_click_button', 'user_send_message', 'oa_new_feature_2027'][key[2] % 3] ?? 'user_click_button';
    const strange = { ...event, name, messageId: undefined, fields: { ...event.fields, novelty: { level: 7 } } };
    forgeries.push({ fault: 'unknownEvent', event: strange, written: writeEvent(stage, strange, plan, key) });
  }
  return forgeries;
}

function withOtherId(event: OutgoingEvent, id: string): OutgoingEvent {
  const message = event.fields['message'];
  const isMessage = typeof message === 'object' && message !== null && 'msg_id' in message;
  return {
    ...event,
    messageId: isMessage ? id : event.messageId,
    fields: isMessage ? { ...event.fields, message: { ...message, msg_id: id } } : event.fields,
  };
}

function spoil(stage: Stage, written: WrittenEvent, way: number): WrittenEvent {
  if (way === 0) {
    const { 'X-ZEvent-Signature': _, ...headers } = written.headers;
    return { ...written, headers, signature: null };
  }
  // One more space at the end leaves the JSON whole and the signature wrong.
  const wrong = `mac=${stage.draws.hex(64, 'wrong', written.body)}`;
  return way === 1
    ? { ...written, body: `${written.body} ` }
    : { ...written, signature: wrong, headers: { ...written.headers, 'X-ZEvent-Signature': wrong } };
}
