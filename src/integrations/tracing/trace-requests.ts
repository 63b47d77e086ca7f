import { context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TRACER_NAME } from './trace.ts';

const SERVER_FAULT = 500;

/**
 * The first two stops of a message: the request, and the channel that proves the sender and reads the body. Requests
 * that only read, and pages, are no stops. Register it before what it watches.
 */
export function traceRequests(app: FastifyInstance): void {
  const tracer = trace.getTracer(TRACER_NAME);
  const http = new WeakMap<FastifyRequest, Span>();
  const channel = new WeakMap<FastifyRequest, Span>();

  app.addHook('onRequest', (request, _reply, done) => {
    if (request.method !== 'POST') {
      done();
      return;
    }
    // The pattern of the route: an address itself may hold visitors, tokens and secrets.
    const route = request.routeOptions.url ?? 'none';
    const span = tracer.startSpan('http', {
      kind: SpanKind.SERVER,
      attributes: { 'http.request.method': request.method, 'http.route': route },
    });
    http.set(request, span);
    context.with(trace.setSpan(context.active(), span), done);
  });
  app.addHook('preHandler', (request, _reply, done) => {
    const parent = http.get(request);
    if (parent === undefined) {
      done();
      return;
    }
    const inRequest = trace.setSpan(context.active(), parent);
    const span = tracer.startSpan('channel', {}, inRequest);
    channel.set(request, span);
    context.with(trace.setSpan(inRequest, span), done);
  });
  app.addHook('onSend', (request, _reply, payload, done) => {
    channel.get(request)?.end();
    done(null, payload);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const span = http.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= SERVER_FAULT) {
      span?.setStatus({ code: SpanStatusCode.ERROR });
    }
    span?.end();
    done();
  });
}
