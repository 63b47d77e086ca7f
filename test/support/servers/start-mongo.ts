import { FERRETDB, findProgram } from './find-program.ts';
import { type RunningServer, runServer } from './run-server.ts';

/** A `mongod` of this machine, else FerretDB as `npm run provision` builds it. */
export function findMongo(): string | undefined {
  return findProgram('mongod', FERRETDB.program);
}

/** Starts the program that `findMongo` has found, with data of its own. */
export function startMongo(program: string): Promise<RunningServer> {
  return program.endsWith(FERRETDB.program)
    ? runServer('ferretdb', {
        file: program,
        // Its memory is small, and a quarter of its time went into tidying it up.
        env: { GOGC: '400' },
        args: ({ port, folder }) => [
          '--handler=sqlite',
          `--sqlite-url=file:${folder}/`,
          `--listen-addr=127.0.0.1:${port}`,
          '--debug-addr=-',
          '--state-dir=-',
          '--telemetry=disable',
          '--log-level=warn',
        ],
      })
    : runServer('mongod', {
        file: program,
        args: ({ port, folder }) => [
          ...['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet', '--nounixsocket'],
        ],
      });
}
