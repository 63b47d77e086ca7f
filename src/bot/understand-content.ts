import { isSharedLocation, understandLocation } from '../nlu/shared-location.ts';
import type { Understand, UnderstandContext, Understanding } from '../nlu/understanding.ts';
import type { CustomerContent } from './message.ts';

/** What a message means: its words, or without words the place that it shares. */
export function understandContent(
  understand: Understand,
  { text, choice, attachments = [] }: CustomerContent,
  context: UnderstandContext,
): Understanding {
  const shared = attachments.find(({ latitude, longitude }) => latitude !== undefined && longitude !== undefined);
  const { latitude, longitude, name } = shared ?? {};
  return text === undefined && choice === undefined && latitude !== undefined && longitude !== undefined
    ? understandLocation({ latitude, longitude, name })
    : understand(text ?? '', context);
}

/** Whether there is nothing in a message that the dialogs could take: only files, a sticker, a card. */
export function isWordless({ text, choice }: CustomerContent, understanding: Understanding): boolean {
  return text === undefined && choice === undefined && !isSharedLocation(understanding);
}
