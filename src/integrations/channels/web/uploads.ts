import { randomInt } from 'node:crypto';
import { conversationId } from '../../../bot/conversation.ts';
import type { Attachment } from '../../../bot/message.ts';
import type { MediaStore } from '../../../bot/ports.ts';
import { checkMedia } from '../../media/check-media.ts';
import type { BringMedia } from '../../media/media.ts';
import { DirectLineError } from './direct-line-error.ts';
import { CHANNEL } from './parse.ts';

/** A photo of any phone, a minute of sound, a scanned paper. */
export const LARGEST_UPLOAD = 10 * 1024 * 1024;

/** Files of visitors, from when they arrive until their message has them kept under its number. */
export interface Uploads {
  /** Checks the bytes and keeps them; durable when it resolves. Throws a `DirectLineError` that says why not. */
  take(visitor: string, file: { readonly bytes: Uint8Array; readonly name: string }): Promise<Attachment>;
  /** Gives up a file whose message was there already. */
  drop(attachment: Attachment): Promise<void>;
  readonly bring: BringMedia;
}

/** The message has no number yet: until then its files stand under none. */
const NO_MESSAGE = 0;
const NUMBERS = 2 ** 47;
const LONGEST_NAME = 80;

export function createUploads(deps: {
  readonly media: Pick<MediaStore, 'keep' | 'open' | 'forget'>;
  readonly account: string;
}): Uploads {
  const { media, account } = deps;

  return {
    async take(visitor, { bytes, name }) {
      if (bytes.length > LARGEST_UPLOAD) {
        throw new DirectLineError(413, 'MessageSizeTooBig', 'Tệp lớn quá 10 MB. Quý khách vui lòng gửi tệp nhỏ hơn ạ.');
      }
      const checked = await checkMedia(bytes);
      if (checked.kind !== 'media') {
        const message =
          checked.reason === 'picture_unreadable'
            ? 'Ảnh này bị hỏng, không mở được. Quý khách vui lòng gửi ảnh khác ạ.'
            : 'Loại tệp này chưa nhận được. Quý khách vui lòng gửi ảnh, ghi âm, video hoặc tệp PDF, Word, Excel ạ.';
        throw new DirectLineError(415, 'NotSupported', message);
      }
      const { mime } = checked.media;
      const place = conversationId({ channel: CHANNEL, account, customer: visitor });
      const number = randomInt(1, NUMBERS);
      await media.keep({ conversationId: place, seq: NO_MESSAGE, number }, checked.media);
      const shown = shownName(name);
      return { kind: kindOf(mime), ref: `${place}/${number}`, ...(shown !== '' && { name: shown }) };
    },
    drop: async ({ ref }) => media.forget(keyOf(ref)),
    async bring({ ref }) {
      const file = await media.open(keyOf(ref));
      return file === undefined
        ? { kind: 'refused', reason: 'not_there' }
        : { kind: 'media', media: file, release: () => media.forget(keyOf(ref)) };
    },
  };
}

/** Only we make references, so there is nothing to check. */
function keyOf(ref = '') {
  const end = ref.lastIndexOf('/');
  return { conversationId: ref.slice(0, end), seq: NO_MESSAGE, number: Number(ref.slice(end + 1)) };
}

function kindOf(mime: string): Attachment['kind'] {
  const [family] = mime.split('/');
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file';
}

function shownName(name: string): string {
  const plain = name.normalize('NFC').replace(/[\p{C}\\/]/gu, ' ');
  return [...plain.trim()].slice(0, LONGEST_NAME).join('');
}
