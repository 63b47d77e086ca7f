import type { Stage } from '../stage.ts';
import type { Attempt, Delivery } from '../world.ts';
import { postEvent } from './post-event.ts';

/**
 * Posts an event; after a failure again 30 s, 5 min, 15 min, 30 min and 1 h later with the same bytes and the header
 * `num_retry`. When the last one fails too, the app is unsubscribed. [DOC]
 */
export async function climbLadder(stage: Stage, delivery: Delivery, plan: { losesAnswer: boolean }): Promise<void> {
  await attempt(stage, stage.world, delivery, 0, plan.losesAnswer && !delivery.isExtra);
}

async function attempt(
  stage: Stage,
  world: Stage['world'],
  delivery: Delivery,
  retry: number,
  losesAnswer: boolean,
): Promise<void> {
  const { webhook: subscription, settings } = world;
  if (subscription.url === null || subscription.state !== 'active' || stage.world !== world) {
    delivery.state = 'cancelled';
    return;
  }
  const { ladderSeconds, firstRetryNumber, retryOn, retrySwitch, answerTimeoutMs } = settings.webhook;
  const headers =
    retry === 0 ? delivery.headers : { ...delivery.headers, num_retry: String(retry - 1 + firstRetryNumber) };
  const at = stage.clock.now();
  const posted = await postEvent(subscription.url, delivery.body, headers, answerTimeoutMs);
  const result = losesAnswer && posted.result === 200 ? 'answer_lost' : posted.result;
  delivery.attempts.push({ retry, at, tookMs: posted.tookMs, result });

  if (result === 200) {
    delivery.state = 'delivered';
    noteTaken(stage, delivery);
    return;
  }
  const wait = ladderSeconds[retry];
  if (delivery.isExtra || !retrySwitch || !isRetried(result, retryOn)) {
    delivery.state = 'given_up';
    return;
  }
  if (wait === undefined) {
    delivery.state = 'given_up';
    unsubscribe(stage, world, delivery.eventName);
    return;
  }
  delivery.state = 'retrying';
  if (retry === 0) {
    world.notices.push({ at, text: `Webhook không hoạt động: ${delivery.eventName}, kết quả ${result}.` });
  }
  stage.clock.after(wait * 1000, () => attempt(stage, world, delivery, retry + 1, false));
}

/** The phone shows that the other side has got what its user wrote. */
function noteTaken({ world, clock, changed }: Stage, { messageId, subjectId }: Delivery): void {
  const message = world.messages.get(messageId ?? '');
  if (message?.author === 'user' && message.receivedAt === undefined) {
    message.receivedAt = clock.now();
    changed(subjectId);
  }
}

function isRetried(result: Attempt['result'], retryOn: 'connection' | 'non200' | 'both'): boolean {
  const isConnection = result === 'connection_failed' || result === 'answer_lost';
  return retryOn === 'both' || (retryOn === 'connection') === isConnection;
}

function unsubscribe({ clock, changed }: Stage, world: Stage['world'], eventName: string): void {
  if (world.webhook.state === 'active') {
    world.webhook.state = 'unsubscribed';
    world.notices.push({ at: clock.now(), text: `Webhook đã bị tắt sau khi gửi lại ${eventName} không thành công.` });
    changed('');
  }
}
