import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

export interface SpanExport {
  /** Where a collector takes OTLP over HTTP, for example `http://collector:4318`. */
  readonly endpoint: string;
  /** The part of the messages that is told, 0 to 1. */
  readonly share: number;
  readonly nodeId: string;
}

/** Tries included: a stop of the service waits for the last batch. */
const EXPORT_WITHIN_MS = 2_000;

/**
 * Sends the spans of this process to a collector, in batches and in the background: one that is away costs nothing but
 * its spans. Further settings (headers, certificates) are the exporter's own, `OTEL_EXPORTER_OTLP_…`.
 */
export function exportSpans({ endpoint, share, nodeId }: SpanExport): { close(): Promise<void> } {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_WITHIN_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'lang-nghe', 'service.instance.id': nodeId }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    async close() {
      // What could not be told by now is not worth a failed stop.
      await provider.shutdown().catch(() => {});
      trace.disable();
      context.disable();
    },
  };
}
