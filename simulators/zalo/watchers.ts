import type { ServerResponse } from 'node:http';

/** Open phone pages, told about every change as server-sent events. */
export function createWatchers() {
  const open = new Set<ServerResponse>();
  return {
    changed(userId: string): void {
      for (const response of open) {
        response.write(`data: ${JSON.stringify({ userId })}\n\n`);
      }
    },
    watch(response: ServerResponse): void {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write('retry: 1000\n\n');
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    closeAll(): void {
      for (const response of open) {
        response.end();
      }
      open.clear();
    },
  };
}

export type Watchers = ReturnType<typeof createWatchers>;
