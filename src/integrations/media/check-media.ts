import type { MediaResult } from './media.ts';
import { isPicture, mediaTypeOf } from './media-type.ts';
import { redrawPicture } from './redraw-picture.ts';

/** Takes the bytes of a stranger: the type is told by the bytes, pictures are drawn anew, everything odd is refused. */
export async function checkMedia(bytes: Uint8Array): Promise<MediaResult> {
  const type = await mediaTypeOf(bytes);
  if (type === undefined || bytes.length === 0) {
    return { kind: 'refused', reason: 'type_not_allowed' };
  }
  if (!isPicture(type)) {
    return { kind: 'media', media: { bytes, ...type } };
  }
  try {
    return { kind: 'media', media: await redrawPicture(bytes) };
  } catch {
    return { kind: 'refused', reason: 'picture_unreadable' };
  }
}
