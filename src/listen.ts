import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { StartError } from './start-error.ts';

/** Starts to listen; says what to do when the port or the address cannot be had. */
export async function listen(app: FastifyInstance, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    await app.close();
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EADDRINUSE':
        throw new StartError(
          `Port ${port} is taken: stop the program that uses it, or choose another with PORT=${port + 1} npm start.`,
        );
      case 'EACCES':
        throw new StartError(`This user may not listen on port ${port}: choose one above 1024 with PORT.`);
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
        throw new StartError(`This machine has no address ${host}: set HOST to one that it has, or unset it.`);
      default:
        throw error;
    }
  }
}
