import type { Sharp } from 'sharp';
import type { Media } from './media.ts';

const LONGEST_EDGE = 2_560;
/** A picture of more would unpack into more memory than one message may cost. */
const MOST_PIXELS = 60_000_000;
const QUALITY = 85;

/** A sharp pipeline that has turned the picture upright and keeps nothing of what a camera writes about place and owner. */
export async function openPicture(bytes: Uint8Array): Promise<Sharp> {
  // Loaded with the first picture: a start need not wait for it.
  const { default: sharp } = await import('sharp');
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', autoOrient: true });
}

/**
 * Draws a picture anew: upright, at most 2,560 pixels long, without EXIF, as PNG when it has transparent parts, as JPEG
 * otherwise. Throws when the bytes are no picture or unpack into too much.
 */
export async function redrawPicture(bytes: Uint8Array): Promise<Media> {
  const picture = await openPicture(bytes);
  const { hasAlpha } = await picture.metadata();
  const fitted = picture.resize(LONGEST_EDGE, LONGEST_EDGE, { fit: 'inside', withoutEnlargement: true });
  return hasAlpha
    ? { bytes: await fitted.png().toBuffer(), mime: 'image/png', extension: 'png' }
    : { bytes: await fitted.jpeg({ quality: QUALITY }).toBuffer(), mime: 'image/jpeg', extension: 'jpg' };
}
