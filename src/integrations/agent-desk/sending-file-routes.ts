import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ConversationStore } from '../../bot/ports.ts';
import { LARGEST_SENT_FILE, type SentFiles } from '../media/sent-files.ts';
import type { UploadAnswer } from './desk-api/conversation.ts';
import { missingWords } from './desk-words.ts';
import { agentOf, refuse } from './guard.ts';

interface SendingFileDeps {
  readonly sentFiles: Pick<SentFiles, 'keep'>;
  readonly store: Pick<ConversationStore, 'head'>;
}

/** A photo of a phone is larger than what is sent: it is drawn smaller. */
const LARGEST_UPLOAD = 4 * LARGEST_SENT_FILE;
const uploadQuery = z.object({ id: z.string().min(5).max(400), name: z.string().min(1).max(255) });

/** Takes a file that an agent is about to send; it goes out with the agent's next reply. */
export function registerSendingFileRoutes(desk: FastifyInstance, { sentFiles, store }: SendingFileDeps): void {
  desk.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: LARGEST_UPLOAD },
    async (_request: unknown, body: Buffer) => body,
  );
  desk.post('/desk/api/files', { bodyLimit: LARGEST_UPLOAD }, async (request, reply) => {
    const { id, name } = uploadQuery.parse(request.query);
    const bytes = z.instanceof(Uint8Array).parse(request.body);
    const state = (await store.head(id))?.state;
    if (state?.holder !== 'agent' || state.agentId !== agentOf(request).id) {
      const message = 'Anh/chị chưa giữ cuộc này. Hãy nhận cuộc trước.';
      return refuse(reply, 409, { code: 'not_holder', message });
    }
    const file = await sentFiles.keep(id, bytes, name);
    return 'refused' in file
      ? refuse(reply, 415, { code: file.refused, message: `Không gửi được: ${missingWords(file.refused)}.` })
      : ({ file } satisfies UploadAnswer);
  });
}
