import type { InboundEvent } from '../../../bot/message.ts';
import type { Clock, Ids } from '../../../bot/ports.ts';
import { DirectLineError } from './direct-line-error.ts';
import type { OrderKeys } from './order-keys.ts';
import {
  type ClientActivity,
  clientIdOf,
  contentOf,
  eventKey,
  inboundActivityId,
  textOf,
  toInboundEvent,
} from './parse.ts';
import type { VisitorLimit } from './rate-limit.ts';
import type { Uploads } from './uploads.ts';

export interface KeepMessageDeps {
  readonly limit: VisitorLimit;
  /** Makes an event durable; throws when nothing can. */
  readonly receive: (event: InboundEvent) => Promise<'stored' | 'repeat' | 'spooled'>;
  /** True when a text speaks of present danger: such a message is never refused. */
  readonly isExempt: (text: string) => boolean;
  readonly orderKeys: OrderKeys;
  readonly uploads: Pick<Uploads, 'take' | 'drop'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly account: string;
}

/** Takes a visitor's message down, with what came with it; answers with the id that clients know it by. */
export async function keepMessage(
  deps: KeepMessageDeps,
  visitor: string,
  activity: ClientActivity,
  files: readonly { readonly bytes: Uint8Array; readonly name: string }[] = [],
): Promise<{ readonly id: string }> {
  const { account, uploads } = deps;
  const clientId = clientIdOf(activity) ?? deps.ids.next();
  if (activity.type === 'message') {
    const isUrgent = deps.isExempt(textOf(activity));
    if (!isUrgent) {
      await deps.limit.take(visitor);
    }
    const taken = await Promise.all(
      files.map((file) =>
        uploads.take(visitor, file).catch((error: unknown) => {
          // Words of danger go through without their file.
          if (!isUrgent) {
            throw error;
          }
        }),
      ),
    );
    const attachments = taken.filter((file) => file !== undefined);
    const content = contentOf(activity, isUrgent, attachments);
    const receivedAt = deps.clock.now();
    const orderKey = deps.orderKeys(visitor, receivedAt);
    const result = await keep(deps, toInboundEvent({ account, visitor, clientId, content, receivedAt, orderKey }));
    if (result === 'repeat') {
      await Promise.all(attachments.map(uploads.drop));
    }
  }
  return { id: inboundActivityId(eventKey(account, visitor, clientId)) };
}

async function keep({ receive }: KeepMessageDeps, event: InboundEvent): Promise<'stored' | 'repeat' | 'spooled'> {
  try {
    return await receive(event);
  } catch (cause) {
    const refusal = new DirectLineError(503, 'ServiceUnavailable', 'Hệ thống đang bận, tin nhắn sẽ được gửi lại.', 2);
    throw Object.assign(refusal, { cause });
  }
}
