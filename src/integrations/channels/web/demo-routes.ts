import type { FastifyInstance } from 'fastify';
import type { DemoPanel } from './demo-panel.ts';

/** `GET /demo/sms?after=`: what the "phone" of the customer page shows. Registered in demo mode only. */
export function registerDemo(app: FastifyInstance, demo: DemoPanel): void {
  app.get<{ Querystring: { after?: string } }>('/demo/sms', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const after = Number.parseInt(request.query.after ?? '0', 10);
    return { messages: await demo.sms(Number.isNaN(after) ? 0 : after) };
  });
}
