import type { FastifyInstance } from 'fastify';
export function phoneRoutes(_app: FastifyInstance): void {}
