import { EMPTY_DIALOG_STATE } from '../dialogs/dialog.ts';
import type { DialogEngine } from '../dialogs/dialog-engine.ts';
import type { Understand } from '../nlu/understanding.ts';
import type { ChannelAdapter } from './channel-adapter.ts';
import { parseConversationId } from './conversation.ts';
import type { InboundEvent } from './message.ts';
import type { Clock } from './ports.ts';

export interface EmergencyWithoutStoreDeps {
  readonly understand: Understand;
  readonly engine: Pick<DialogEngine, 'emergency'>;
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
  readonly clock: Clock;
  readonly log: { error(details: object, message: string): void };
}

/**
 * Safety words while the database is down: sent at once, from memory alone. The event itself waits in the spool and
 * gets its turn (place, urgent ticket) when the database is back.
 */
export function createEmergencyWithoutStore(deps: EmergencyWithoutStoreDeps): (event: InboundEvent) => void {
  return ({ content, conversationId }) => {
    const text = content.kind === 'customer_message' ? content.text : undefined;
    if (text === undefined) {
      return;
    }
    const understanding = deps.understand(text, { now: deps.clock.now() });
    const adapter = deps.adapters.get(parseConversationId(conversationId).channel);
    if (!understanding.emergency || adapter?.sendUnstored === undefined) {
      return;
    }
    const { replies } = deps.engine.emergency(EMPTY_DIALOG_STATE, understanding);
    adapter.sendUnstored(conversationId, replies).catch((error: unknown) => {
      deps.log.error({ error }, 'Safety words could not be sent while the database is down.');
    });
  };
}
