import type { FastifyReply, FastifyRequest } from 'fastify';

const LOOPBACK = /^(::1|::ffff:127\.\d+\.\d+\.\d+|127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/** Refuses whoever is not on this machine, comes through a proxy, or was sent here by a page of another site. */
export async function loopbackOnly(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { host, origin, forwarded } = request.headers;
  const isProxied = forwarded !== undefined || 'x-forwarded-for' in request.headers;
  const isOwnPage = origin === undefined || LOOPBACK_HOST.test(origin.replace(/^https?:\/\//, ''));
  const isNear = LOOPBACK.test(request.socket.remoteAddress ?? '') && LOOPBACK_HOST.test(host ?? 'localhost');
  if (!isNear || isProxied || !isOwnPage) {
    await reply.code(403).send({ error: 'The controls of the simulator answer this machine only.' });
  }
}
