import { randomInt } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { SentFile } from '../../bot/agent-act.ts';
import type { KeptMedia, MediaKey } from '../../bot/media.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { MediaStore } from '../../bot/ports.ts';
import { keptAs } from '../file-name-header.ts';
import { sealedIn } from '../sealed-path.ts';
import { createTextSeal, deriveKey } from '../text-seal.ts';
import { checkMedia } from './check-media.ts';
import type { MediaRefusal } from './media.ts';
import type { OwnFiles } from './own-files.ts';

/** Files that agents send to customers: kept by us, reached by an address that nobody can guess. */
export interface SentFiles extends OwnFiles {
  /** Checks the bytes and keeps them. `name`: as the agent's machine calls the file. */
  keep(conversationId: ConversationId, bytes: Uint8Array, name: string): Promise<SentFile | FileRefusal>;
  /** What `keep` answered with this address; `undefined`: no address of ours, or of another conversation. */
  find(conversationId: ConversationId, url: string): SentFile | undefined;
  register(app: FastifyInstance): Promise<void>;
}

export interface FileRefusal {
  readonly refused: MediaRefusal;
}

/** What agents have to send, and what can be sent without telling where it was made: pictures are drawn anew. */
const SENDABLE = [
  'image/jpeg',
  'image/png',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/plain',
];
/** As much as Zalo lets through as a file, and enough for a photo of any phone. */
export const LARGEST_SENT_FILE = 5 * 1024 * 1024;
const LONGEST_NAME = 80;
const PREFIX = '/files/';
const USE = 'sent-file';
/** Files go out with messages that have no number yet when the file is kept: they stand under none. */
const NO_MESSAGE = 0;
const NUMBERS = 2 ** 47;

const sealedSchema = z.tuple([z.string(), z.number(), z.enum(['image', 'file']), z.string()]);

interface Opened extends MediaKey, Omit<SentFile, 'url'> {}

export function createSentFiles({
  media,
  secretKey,
  publicUrl,
}: {
  readonly media: Pick<MediaStore, 'keep' | 'open'>;
  readonly secretKey: string;
  /** Address of the service as the world knows it, without a slash at the end; empty when it is not set. */
  readonly publicUrl: string;
}): SentFiles {
  const seal = createTextSeal(deriveKey(secretKey, USE));

  function unseal(url: string): Opened | undefined {
    const sealed = sealedIn(url, publicUrl, PREFIX);
    const opened = sealed && seal.open(sealed, USE);
    if (!opened) {
      return undefined;
    }
    const [conversationId, number, kind, name] = sealedSchema.parse(JSON.parse(opened));
    return { conversationId, seq: NO_MESSAGE, number, kind, name };
  }

  async function open(url: string): Promise<KeptMedia | undefined> {
    const file = unseal(url);
    return file && media.open(file);
  }

  return {
    async keep(conversationId, bytes, name) {
      const checked = await checkMedia(bytes);
      if (checked.kind !== 'media') {
        return { refused: checked.kind === 'refused' ? checked.reason : 'type_not_allowed' };
      }
      const file = checked.media;
      if (!SENDABLE.includes(file.mime)) {
        return { refused: 'type_not_allowed' };
      }
      if (file.bytes.length > LARGEST_SENT_FILE) {
        return { refused: 'too_large' };
      }
      const number = randomInt(1, NUMBERS);
      await media.keep({ conversationId, seq: NO_MESSAGE, number }, file);
      const kind = file.mime.startsWith('image/') ? 'image' : 'file';
      const shown = nameFor(name, file.extension);
      const sealed = seal.seal(JSON.stringify([conversationId, number, kind, shown]), USE);
      return { kind, name: shown, url: `${publicUrl}${PREFIX}${sealed}.${file.extension}` };
    },
    find(conversationId, url) {
      const file = unseal(url);
      return file?.conversationId === conversationId ? { kind: file.kind, name: file.name, url } : undefined;
    },
    open,
    async register(app) {
      app.get(`${PREFIX}*`, async (request, reply) => {
        const path = `${PREFIX}${(request.params as { readonly '*': string })['*']}`;
        const file = await open(path);
        if (file === undefined) {
          return reply.code(404).type('text/plain; charset=utf-8').send('Tệp này không còn.');
        }
        const isShown = file.mime.startsWith('image/');
        return (
          reply
            .header('cache-control', 'private, max-age=86400')
            .header('content-security-policy', "sandbox; default-src 'none'")
            .header('x-content-type-options', 'nosniff')
            // The widget may stand on a page of another address.
            .header('cross-origin-resource-policy', 'cross-origin')
            .header('content-disposition', isShown ? 'inline' : keptAs(unseal(path)?.name ?? 'tep'))
            .type(file.mime)
            .send(Buffer.from(file.bytes))
        );
      });
    },
  };
}

/** The agent's own name for it, short, with the ending that its bytes have. */
function nameFor(name: string, extension: string): string {
  const bare = name
    .normalize('NFC')
    .replace(/\.[^.]*$/, '')
    .replace(/[\p{C}\\/:*?"<>|]/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);
  return `${bare === '' ? 'tep' : bare}.${extension}`;
}
