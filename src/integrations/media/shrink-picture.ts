import type { Media } from './media.ts';
import { openPicture } from './redraw-picture.ts';

/** Tried in this order until the picture fits: first paler, then smaller. */
const STEPS = [
  { edge: 2_048, quality: 85 },
  { edge: 2_048, quality: 70 },
  { edge: 1_600, quality: 70 },
  { edge: 1_280, quality: 60 },
  { edge: 800, quality: 50 },
  { edge: 480, quality: 40 },
];

/**
 * A picture as JPEG of at most so many bytes, on white where it is transparent; as it is when it fits already.
 * `undefined` when it cannot be made so small. Throws when the bytes are no picture.
 */
export async function shrinkPicture(picture: Media, mostBytes: number): Promise<Media | undefined> {
  if (picture.bytes.length <= mostBytes) {
    return picture;
  }
  for (const { edge, quality } of STEPS) {
    const opened = await openPicture(picture.bytes);
    const bytes = await opened
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .jpeg({ quality })
      .toBuffer();
    if (bytes.length <= mostBytes) {
      return { bytes, mime: 'image/jpeg', extension: 'jpg' };
    }
  }
  return undefined;
}
