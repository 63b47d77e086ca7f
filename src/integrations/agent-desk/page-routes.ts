import { randomBytes } from 'node:crypto';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The desk's web page: a shell that loads the bundle built from `page/`. */
export async function registerPageRoutes(desk: FastifyInstance, pagesFolder: string): Promise<void> {
  await desk.register(fastifyStatic, {
    root: pagesFolder,
    prefix: '/desk/assets/',
    decorateReply: false,
    allowedPath: (path) => path === '/desk.js' || path === '/desk.css',
    cacheControl: false,
    setHeaders: (reply) => {
      // The ETag decides: a new release is seen at the next reload.
      reply.header('cache-control', 'no-cache');
    },
  });

  desk.get('/desk', async (_request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .header('referrer-policy', 'no-referrer')
      .header('x-frame-options', 'DENY')
      .type('text/html; charset=utf-8')
      .send(shell(nonce));
  });
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // React Aria adds two small style elements and marks them with the page's nonce.
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function shell(nonce: string): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta property="csp-nonce" content="${nonce}" nonce="${nonce}">
<meta name="robots" content="noindex">
<title>Bàn làm việc · Lắng Nghe</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">
<link rel="stylesheet" href="/desk/assets/desk.css">
</head>
<body>
<div id="desk"></div>
<noscript>Bàn làm việc cần JavaScript để chạy.</noscript>
<script type="module" src="/desk/assets/desk.js"></script>
</body>
</html>
`;
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b5cad"/>' +
  '<path d="M18 4 8 18h7l-2 10 11-15h-7z" fill="#ffd23f"/></svg>';
