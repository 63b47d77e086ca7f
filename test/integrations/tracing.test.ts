import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { type FastifyInstance, fastify } from 'fastify';
import { createTrace } from '../../src/integrations/tracing/trace.ts';
import { traceRequests } from '../../src/integrations/tracing/trace-requests.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';

describe('spans of a message', () => {
  const exporter = new InMemorySpanExporter();
  let bench: TestBot;
  let app: FastifyInstance;

  beforeEach(async () => {
    exporter.reset();
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
    bench = buildBot(() => ({ trace: createTrace() }));
    app = fastify();
    traceRequests(app);
    app.post<{ Params: { visitor: string }; Body: { text: string } }>('/write/:visitor', async (request) => {
      const { params, body } = request;
      return { result: await bench.hear(`web:main:${params.visitor}`, body.text) };
    });
    app.get('/read', async () => ({}));
  });
  afterEach(async () => {
    await app.close();
    await bench.close();
    trace.disable();
    context.disable();
  });

  const write = (visitor: string, text: string) =>
    app.inject({ method: 'POST', url: `/write/${visitor}`, payload: { text } });
  const ended = () => exporter.getFinishedSpans();

  /** Names of the spans of one trace, each under its parent. */
  function tree(spans: readonly ReadableSpan[], parent?: string): string[] {
    return spans
      .filter((span) => span.parentSpanContext?.spanId === parent)
      .flatMap((span) => [span.name, ...tree(spans, span.spanContext().spanId).map((name) => `  ${name}`)]);
  }

  test('stand over every stop of it, in one trace', async () => {
    await write('an', 'chào em');
    await bench.bot.idle();
    expect(new Set(ended().map((span) => span.spanContext().traceId)).size).toBe(1);
    expect(tree(ended())).toEqual([
      'http',
      '  channel',
      '    inbox',
      '      handle_turn',
      '        understand',
      '        advance',
      '        commit',
      '      deliver',
      '        send',
    ]);
  });

  test('stay with their own message when several of one customer wait for each other', async () => {
    await Promise.all([write('an', 'một'), write('an', 'hai'), write('an', 'ba')]);
    await bench.bot.idle();
    const traces = Map.groupBy(ended(), (span) => span.spanContext().traceId);
    expect(traces.size).toBe(3);
    for (const spans of traces.values()) {
      const names = spans.map((span) => span.name);
      expect(names.filter((name) => name === 'handle_turn')).toHaveLength(1);
      expect(names).toContain('deliver');
    }
  });

  test('hold nothing of a customer, also when his turn fails', async () => {
    const said = 'mã của em là PB0601000123, gọi 0912345678';
    await write('khach-0912345678', said);
    await bench.bot.idle();
    await bench.db.close();
    await write('khach-0912345678', said);
    const told = JSON.stringify(
      ended().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
    );
    expect(told).toContain('"lang_nghe.channel":"web"');
    expect(told).toContain('"http.route":"/write/:visitor"');
    expect(told).not.toMatch(/0912345678|PB0601000123/);
    expect(ended().find(({ status }) => status.code === SpanStatusCode.ERROR)?.attributes).toHaveProperty([
      'error.type',
    ]);
  });

  test('are not made for what only reads', async () => {
    await app.inject('/read');
    expect(ended()).toHaveLength(0);
  });
});
