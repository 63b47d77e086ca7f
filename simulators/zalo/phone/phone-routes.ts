import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { loopbackOnly } from '../control/loopback-only.ts';

const PAGE = `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="theme-color" content="#0b62c4">
<title>Zalo (mô phỏng)</title>
<link rel="icon" href="/media/avatar-oa">
<link rel="stylesheet" href="/phone/zalo.css">
</head>
<body><div id="app"></div><noscript>Trang này cần JavaScript.</noscript><script type="module" src="/phone/zalo.js"></script></body>
</html>`;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Bundle {
  readonly script: string;
  readonly style: string;
}

/** `/phone/zalo`: the phones of the simulated users, for this machine only. */
export function phoneRoutes(app: FastifyInstance): void {
  let bundle: Promise<Bundle> | undefined;
  const bundled = () => {
    bundle ??= buildPage();
    return bundle;
  };
  app.register((scope, _options, done) => {
    scope.addHook('onRequest', loopbackOnly);
    scope.addHook('onSend', async (_request, reply) => {
      reply.headers({
        'Content-Security-Policy': POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-cache',
      });
    });
    scope.get('/phone/zalo', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
    scope.get('/phone/zalo.js', async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').send((await bundled()).script),
    );
    scope.get('/phone/zalo.css', async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send((await bundled()).style),
    );
    done();
  });
}

/** Bundles the page when it is first asked for, so that tests without a page need no bundler. */
async function buildPage(): Promise<Bundle> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./page/main.tsx', import.meta.url))],
    bundle: true,
    write: false,
    outdir: 'phone',
    format: 'esm',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  });
  const textOf = (extension: string) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
}
