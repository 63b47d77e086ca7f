import type { Stage } from '../stage.ts';
import { isExpired } from '../tokens.ts';
import { countUp, type Delivery } from '../world.ts';
import { climbLadder } from './climb-ladder.ts';
import { forgeriesOf, planFaults } from './plan-faults.ts';
import { writeEvent } from './write-event.ts';

/** An event before it is written down. */
export interface OutgoingEvent {
  readonly name: string;
  /** The user it is about; keys the chance of faults and keeps timestamps rising. */
  readonly subjectId: string;
  readonly messageId?: string | undefined;
  /** Everything beyond `app_id`, `event_name` and `timestamp`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Present on events of the template channel: `X-ZEvent-Server: ZNS`. [ONE] */
  readonly isTemplateChannel?: boolean | undefined;
  readonly at?: number | undefined;
}

export interface Webhook {
  /** Sends an event if the console lets it through; resolves when its first attempt is over, unless that lies ahead. */
  emit(event: OutgoingEvent): Promise<void>;
}

/** Makes the sending side of the webhook. */
export function createWebhook(stageOf: () => Stage): Webhook {
  async function emit(event: OutgoingEvent): Promise<void> {
    const stage = stageOf();
    const hindrance = hindranceOf(stage, event);
    if (hindrance !== undefined) {
      stage.world.unsent.set(hindrance, (stage.world.unsent.get(hindrance) ?? 0) + 1);
      return;
    }
    const nth = countUp(stage.world, `event ${event.name} ${event.subjectId}`);
    const key = [event.name, event.subjectId, nth] as const;
    const plan = planFaults(stage, key);
    const written = writeEvent(stage, event, plan, key);
    const delivery = addDelivery(stage, event, written, plan.names, false);

    const first = afterDelay(stage, plan.delayMs, () => climbLadder(stage, delivery, plan));
    if (plan.hasParallelCopy) {
      const copy = addDelivery(stage, event, written, ['duplicateParallel'], true);
      void afterDelay(stage, plan.delayMs, () => climbLadder(stage, copy, plan));
    }
    if (plan.hasLaterCopy) {
      const copy = addDelivery(stage, event, written, ['duplicate'], true);
      void afterDelay(stage, plan.delayMs + plan.copyDelayMs, () => climbLadder(stage, copy, plan));
    }
    for (const forgery of forgeriesOf(stage, event, plan, key)) {
      const forged = addDelivery(stage, forgery.event, forgery.written, [forgery.fault], true);
      void afterDelay(stage, plan.delayMs, () => climbLadder(stage, forged, plan));
    }
    // Whoever waits here is under way himself; waiting for a time to come would hold that time back.
    if (plan.delayMs === 0) {
      await first;
    }
  }
  return { emit };
}

/** Why Zalo would not send an event at all. */
function hindranceOf({ world, clock }: Stage, { name, fields }: OutgoingEvent): string | undefined {
  const { events, hashFilter } = world.settings.webhook;
  if (world.webhook.url === null || world.webhook.state === 'none') {
    return 'no_webhook';
  }
  if (world.webhook.state === 'unsubscribed') {
    return 'unsubscribed';
  }
  // Without a grant of the OA to the app no event is sent. [DOC]
  if (![...world.refreshTokens.values()].some((token) => !token.isUsed && !isExpired(token, clock.now()))) {
    return 'no_grant';
  }
  if (!events.includes(name)) {
    return `switched_off:${name}`;
  }
  const text = (fields['message'] as { text?: unknown } | undefined)?.text;
  const isText = name === 'user_send_text' || name === 'anonymous_send_text';
  return hashFilter && isText && !String(text ?? '').startsWith('#') ? 'hash_filter' : undefined;
}

function addDelivery(
  { world, clock }: Stage,
  event: OutgoingEvent,
  written: { body: string; signature: string | null; headers: Record<string, string> },
  faults: readonly string[],
  isExtra: boolean,
): Delivery {
  const delivery: Delivery = {
    id: world.deliveries.length,
    eventName: event.name,
    subjectId: event.subjectId,
    messageId: event.messageId,
    at: clock.now(),
    ...written,
    faults,
    isExtra,
    attempts: [],
    state: 'pending',
  };
  world.deliveries.push(delivery);
  return delivery;
}

function afterDelay({ clock }: Stage, delayMs: number, run: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, () => run().finally(resolve)));
}
