import { findProgram } from './find-program.ts';
import { type RunningServer, runServer } from './run-server.ts';

/** A Redis of our own that keeps nothing on the disk. */
export function startRedis(): Promise<RunningServer> {
  return runServer('redis', {
    file: findProgram('redis-server') ?? 'redis-server',
    args: ({ port }) => [
      ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      ...['--loglevel', 'warning'],
    ],
  });
}
