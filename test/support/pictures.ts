import sharp from 'sharp';

/** A square PNG of one colour: small. */
export function flatPicture(edge: number): Promise<Buffer> {
  const background = { r: 200, g: 120, b: 0 };
  return sharp({ create: { width: edge, height: edge, channels: 3, background } })
    .png()
    .toBuffer();
}

/** A square PNG that no encoder makes small: every dot differs from its neighbours. The same each time. */
export function noisyPicture(edge: number): Promise<Buffer> {
  const dots = Buffer.alloc(edge * edge * 3);
  let state = 1;
  for (let at = 0; at < dots.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    dots[at] = state >> 16;
  }
  return sharp(dots, { raw: { width: edge, height: edge, channels: 3 } })
    .png()
    .toBuffer();
}

/** A JPEG lying on its side, as phones write it, with the owner's name and a place in its EXIF. */
export function phonePicture(): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 20, channels: 3, background: 'white' } })
    .withExif({
      IFD0: { Artist: 'Nguyen Van A' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '10/1 46/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}
