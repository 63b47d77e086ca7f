import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml } from '../../escape-html.ts';
import type { DemoPanel } from './demo-panel.ts';
import { NAMES_PATH } from './names-path.ts';
import { demoSection } from './page/demo-section.ts';
import type { Speakers } from './render.ts';

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
  readonly version: string;
}

/** What only the trial says. */
const DEMO_ONLY = /<!-- trial -->([\s\S]*?)<!-- end of trial -->/g;

const SOURCE = join(import.meta.dirname, 'page');

const BUNDLES = {
  'widget.js': 'text/javascript; charset=utf-8',
  'widget.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
} as const;

/**
 * No inline script or style, nothing from elsewhere; pictures in answers may come from any HTTPS site, and the visitor's own
 * are shown before they are sent (`blob:`).
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https: data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

interface PageDeps {
  readonly pagesFolder: string;
  readonly demo?: DemoPanel | undefined;
  readonly speakers: Speakers;
}

/** `GET /`, the utility's customer page, and the files that it and embedding sites load. */
export function registerPages(app: FastifyInstance, deps: PageDeps): void {
  const assets = Object.entries(BUNDLES).map(([name, type]) => loadAsset(deps.pagesFolder, name, type));
  assets.push(readAsset(join(SOURCE, 'favicon.svg'), '/favicon.svg', 'image/svg+xml'));
  assets.push(toAsset(NAMES_PATH, 'application/json; charset=utf-8', Buffer.from(JSON.stringify(deps.speakers))));
  const page = renderPage(assets, deps);

  app.get('/', async (request, reply) => {
    reply.header('content-security-policy', PAGE_POLICY);
    reply.header('referrer-policy', 'same-origin');
    reply.header('cache-control', 'no-cache');
    return sendAsset(request, reply, page);
  });
  for (const asset of assets) {
    app.get(asset.path, async (request, reply) => {
      // Another site may embed the widget: modules are fetched with CORS.
      reply.header('cross-origin-resource-policy', 'cross-origin').header('access-control-allow-origin', '*');
      const isVersioned = request.url.endsWith(`?v=${asset.version}`);
      reply.header('cache-control', isVersioned ? 'public, max-age=31536000, immutable' : 'no-cache');
      return sendAsset(request, reply, asset);
    });
  }
}

function loadAsset(folder: string, name: string, type: string): Asset {
  try {
    return readAsset(join(folder, name), `/chat/${name}`, type);
  } catch (cause) {
    throw new Error(`The bundle ${join(folder, name)} cannot be read: build the pages first.`, { cause });
  }
}

function readAsset(file: string, path: string, type: string): Asset {
  return toAsset(path, type, readFileSync(file));
}

function toAsset(path: string, type: string, body: Buffer): Asset {
  const version = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { path, type, body, gzipped: gzipSync(body), version };
}

function renderPage(assets: readonly Asset[], { demo, speakers }: PageDeps): Asset {
  const template = readFileSync(join(SOURCE, 'index.html'), 'utf8');
  const html = assets
    .reduce((page, { path, version }) => page.replaceAll(`"${path}"`, `"${path}?v=${version}"`), template)
    .replaceAll(DEMO_ONLY, (_, words: string) => (demo === undefined ? '' : words))
    .replaceAll('{{utility}}', () => escapeHtml(speakers.system))
    .replace('<!-- demo -->', () => (demo === undefined ? '' : demoSection(demo.customers)));
  return toAsset('/', 'text/html; charset=utf-8', Buffer.from(html));
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  const etag = `"${asset.version}"`;
  reply.header('etag', etag).header('vary', 'accept-encoding').header('x-content-type-options', 'nosniff');
  if (request.headers['if-none-match'] === etag) {
    return reply.status(304).send();
  }
  reply.type(asset.type);
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  return takesGzip ? reply.header('content-encoding', 'gzip').send(asset.gzipped) : reply.send(asset.body);
}
