import type { FastifyInstance } from 'fastify';
import type { Clock } from './bot/ports.ts';
import { createDocumentLinks } from './integrations/documents/document-links.ts';
import { createDocuments } from './integrations/documents/documents.ts';
import { createSheetDrawer } from './integrations/documents/draw-thread.ts';
import type { Limits } from './integrations/limits/load-limits.ts';
import type { OwnFiles } from './integrations/media/own-files.ts';
import { createSentFiles, type SentFiles } from './integrations/media/sent-files.ts';
import type { CreateRateLimiter } from './integrations/rate-limiters.ts';
import type { Storage } from './integrations/storage/storage.ts';
import type { Content } from './load-content.ts';

/** What customers open at addresses of ours: files of agents, and documents that are made when they are opened. */
export function openOwnFiles(deps: {
  readonly storage: Storage;
  readonly content: Content;
  readonly secretKey: string;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly createLimiter: CreateRateLimiter;
  readonly limits: Pick<Limits, 'document'>;
}): {
  readonly sentFiles: SentFiles;
  readonly ownFiles: OwnFiles;
  register(app: FastifyInstance): Promise<void>;
  close(): Promise<void>;
} {
  const { storage, content, secretKey, publicUrl, clock } = deps;
  const sentFiles = createSentFiles({ ...storage, secretKey, publicUrl });
  const links = createDocumentLinks(secretKey, publicUrl);
  const drawer = createSheetDrawer();
  const openings = deps.createLimiter({ name: 'document', ...deps.limits.document });
  const documents = createDocuments({ ...storage, ...content, links, clock, drawer, openings });
  return {
    sentFiles,
    ownFiles: { open: async (url) => (await sentFiles.open(url)) ?? documents.open(url) },
    async register(app) {
      await sentFiles.register(app);
      await documents.register(app);
    },
    close: drawer.close,
  };
}
