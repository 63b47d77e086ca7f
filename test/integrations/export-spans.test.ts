import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import { exportSpans } from '../../src/integrations/tracing/export-spans.ts';
import { createTrace } from '../../src/integrations/tracing/trace.ts';

describe('the export of spans', () => {
  const taken: string[] = [];
  let collector: FastifyInstance;

  beforeEach(async () => {
    taken.length = 0;
    collector = fastify();
    collector.post('/v1/traces', async ({ body }) => {
      taken.push(JSON.stringify(body));
      return {};
    });
    await collector.listen({ host: '127.0.0.1', port: 0 });
  });
  afterEach(() => collector.close());

  async function passOneStop(endpoint: string, share: number): Promise<void> {
    const spans = exportSpans({ endpoint, share, nodeId: 'node-a' });
    await createTrace().during('inbox', async () => 'stored');
    await spans.close();
  }

  test('brings them to the collector before the process ends, with the node they come from', async () => {
    await passOneStop(collector.listeningOrigin, 1);
    expect(taken).toHaveLength(1);
    expect(taken[0]).toContain('"name":"inbox"');
    expect(taken[0]).toContain('node-a');
  });

  test('tells the wanted share alone', async () => {
    await passOneStop(collector.listeningOrigin, 0);
    expect(taken).toHaveLength(0);
  });

  test('lets the service end when the collector is away', async () => {
    const gone = collector.listeningOrigin;
    await collector.close();
    await passOneStop(gone, 1);
    expect(taken).toHaveLength(0);
  });
});
