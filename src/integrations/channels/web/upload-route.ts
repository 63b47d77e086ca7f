import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Access } from './access.ts';
import { DirectLineError } from './direct-line-error.ts';
import { type KeepMessageDeps, keepMessage } from './keep-message.ts';
import { parseActivity } from './parse.ts';
import { LARGEST_UPLOAD } from './uploads.ts';

/** The activity and the borders between the parts. */
const ROOM_FOR_THE_REST = 64 * 1024;
const MOST_FILES = 3;

interface Upload {
  readonly activity: unknown;
  readonly files: readonly { readonly bytes: Uint8Array; readonly name: string }[];
}

/** `POST …/upload`: an activity and its files as the parts of a form, as Direct Line clients send them. */
export async function registerUpload(
  app: FastifyInstance,
  deps: KeepMessageDeps & { readonly access: Access },
): Promise<void> {
  const routes: FastifyPluginAsync = async (scope) => {
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.post<{ Params: { conversationId: string } }>(
      '/v3/directline/conversations/:conversationId/upload',
      {
        bodyLimit: MOST_FILES * LARGEST_UPLOAD + ROOM_FOR_THE_REST,
        // Before anything of a stranger's file is read.
        onRequest: async (request) => void deps.access.visitorOf(request, request.params.conversationId),
      },
      async (request) => {
        const { visitor } = deps.access.visitorOf(request, request.params.conversationId);
        const { activity, files } = await readForm(request.body, request.headers['content-type'] ?? '');
        if (files.length === 0 || files.length > MOST_FILES) {
          throw new DirectLineError(400, 'BadArgument', `Mỗi lần gửi được từ 1 đến ${MOST_FILES} tệp ạ.`);
        }
        return keepMessage(deps, visitor, parseActivity(activity), files);
      },
    );
  };
  await app.register(routes);
}

async function readForm(body: unknown, contentType: string): Promise<Upload> {
  try {
    const form = await new Response(body as Buffer<ArrayBuffer>, {
      headers: { 'content-type': contentType },
    }).formData();
    const activity = form.get('activity');
    const words = activity instanceof Blob ? await activity.text() : (activity ?? '{"type":"message"}');
    const files = form.getAll('file').filter((part) => part instanceof File);
    return {
      activity: JSON.parse(words) as unknown,
      files: await Promise.all(
        files.map(async (file) => ({ bytes: new Uint8Array(await file.arrayBuffer()), name: file.name })),
      ),
    };
  } catch {
    throw new DirectLineError(
      400,
      'BadArgument',
      'The form needs a part "activity" with JSON, and files in parts "file".',
    );
  }
}
