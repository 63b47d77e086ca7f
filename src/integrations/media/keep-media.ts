import { parseConversationId } from '../../bot/conversation.ts';
import type { EffectHandlers } from '../../bot/effect-handlers.ts';
import type { DeskEvents, MediaStore } from '../../bot/ports.ts';
import type { BringMedia } from './media.ts';
import { MediaNotThereYet } from './media-not-there-yet.ts';

export interface KeepMediaDeps {
  readonly media: Pick<MediaStore, 'keep'>;
  /** By channel; may be filled later, because channels are opened after the bot. */
  readonly bringers: ReadonlyMap<string, BringMedia>;
  readonly events: DeskEvents;
}

/** Brings a file that came with a message, and keeps it or notes why not. Throws when another try may help. */
export function createKeepMedia({ media, bringers, events }: KeepMediaDeps): EffectHandlers['keep_media'] {
  return async ({ conversationId }, { seq, number, attachment }) => {
    const key = { conversationId, seq, number };
    const bring = bringers.get(parseConversationId(conversationId).channel);
    const result = bring === undefined ? NO_WAY : await bring(attachment);
    await media.keep(key, result.kind === 'media' ? result.media : { missing: result.reason });
    if (result.kind === 'media') {
      await result.release?.();
    }
    events.publish({ conversationId, version: 0 });
    if (result.kind === 'failed') {
      throw new MediaNotThereYet(result.reason);
    }
  };
}

const NO_WAY = { kind: 'refused', reason: 'not_there' } as const;
