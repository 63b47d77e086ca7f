import { EMPTY_DIALOG_STATE } from '../dialogs/dialog.ts';
import type { DialogEngine } from '../dialogs/dialog-engine.ts';
import type { ChannelAdapter } from './channel-adapter.ts';
import { parseConversationId } from './conversation.ts';
import type { ConversationId } from './message.ts';

export interface TellOfCrowdDeps {
  readonly engine: Pick<DialogEngine, 'notice'>;
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
  readonly log: { error(details: object, message: string): void };
}

/** Tells a customer whose message has to wait that it was taken, from memory alone: nothing is written. */
export function createTellOfCrowd({ engine, adapters, log }: TellOfCrowdDeps): (id: ConversationId) => void {
  return (conversationId) => {
    const adapter = adapters.get(parseConversationId(conversationId).channel);
    // Where sends are counted, each of these would be taken from an answer that somebody waits for.
    if (adapter?.sendUnstored === undefined || adapter.isMetered === true) {
      return;
    }
    const words = engine.notice(EMPTY_DIALOG_STATE, 'many-requests');
    adapter.sendUnstored(conversationId, words).catch((error: unknown) => {
      log.error({ error }, 'A customer could not be told that there are many requests.');
    });
  };
}
