import { isUtf8 } from 'node:buffer';

/** What a file is, told by its bytes, whatever its name or its sender says. */
export interface MediaType {
  readonly mime: string;
  /** Without the dot. */
  readonly extension: string;
}

/** Pictures that can be redrawn. */
const PICTURES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/tiff'];

/** What customers of a utility send beside pictures: papers, voice notes, films. Programs and archives are not among it. */
const FILES = [
  'image/heic',
  'image/heif',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/rtf',
];

const PLAIN_TEXT: MediaType = { mime: 'text/plain', extension: 'txt' };

export function isPicture({ mime }: MediaType): boolean {
  return PICTURES.includes(mime);
}

/** The type of a file that we take; `undefined` for every other one. */
export async function mediaTypeOf(bytes: Uint8Array): Promise<MediaType | undefined> {
  // Loaded with the first file: a start need not wait for it.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(bytes);
  if (found === undefined) {
    return isUtf8(bytes) && !bytes.includes(0) ? PLAIN_TEXT : undefined;
  }
  const type = { mime: found.mime, extension: found.ext };
  return isPicture(type) || FILES.includes(type.mime) || /^(?:audio|video)\//.test(type.mime) ? type : undefined;
}
