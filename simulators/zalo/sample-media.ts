import { crc32, deflateSync } from 'node:zlib';

/** A small real PNG in one colour with darker stripes, when a test does not care what the picture shows. */
export function samplePng(hue: number, width = 96, height = 72): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const shade = y % 12 < 2 ? 0.55 : 1;
    const pixel = [hue, 255 - hue, 160].map((value) => Math.round(value * shade));
    return [0, ...Array.from({ length: width }, () => pixel).flat()];
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const start = Buffer.from('89504e470d0a1a0a', 'hex');
  const pixels = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(12 + data.length);
  framed.writeUInt32BE(data.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), 8 + data.length);
  return framed;
}

/** The smallest GIF there is. */
export const SAMPLE_GIF = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64');

/** Half a second of silence in AMR, the format of voice notes. */
export const SAMPLE_AMR = Buffer.concat([
  Buffer.from('#!AMR\n'),
  ...Array.from({ length: 25 }, () => Buffer.concat([Buffer.from([0x04]), Buffer.alloc(12)])),
]);

/** The first box of an MP4 file. */
export const SAMPLE_MP4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42\0\0\0\0mp42isom')]);

/** A PDF with one empty page. */
export const SAMPLE_PDF = Buffer.from(
  [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj',
    'trailer<</Root 1 0 R>>',
    '%%EOF',
  ].join('\n'),
);
