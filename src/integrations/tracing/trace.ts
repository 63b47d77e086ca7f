import { context, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { StopFacts, Trace } from '../../bot/trace.ts';

/** What is ours among the spans. */
export const TRACER_NAME = 'lang-nghe';
const ATTRIBUTE_PREFIX = 'lang_nghe.';

/**
 * Spans over the stops of a message, by the OpenTelemetry API alone: where nobody has registered a provider they cost
 * a call and go nowhere.
 */
export function createTrace(): Trace {
  const tracer = trace.getTracer(TRACER_NAME);
  return {
    during: (stop, work, factsOf) => spanned(tracer, stop, work, factsOf),
    remember() {
      const here = context.active();
      return (work) => context.with(here, work);
    },
  };
}

function spanned<Result>(
  tracer: Tracer,
  name: string,
  work: () => Result,
  factsOf?: (result: Awaited<Result>) => StopFacts,
): Result {
  return tracer.startActiveSpan(name, (span) => {
    if (!span.isRecording()) {
      return work();
    }
    try {
      const result = work();
      if (result instanceof Promise) {
        return result.then(
          (value) => end(span, value, factsOf),
          (error: unknown) => endFailed(span, error),
        ) as Result;
      }
      return end(span, result as Awaited<Result>, factsOf) as Result;
    } catch (error) {
      return endFailed(span, error);
    }
  });
}

function end<Value>(span: Span, value: Value, factsOf?: (value: Value) => StopFacts): Value {
  for (const [name, fact] of Object.entries(factsOf?.(value) ?? {})) {
    span.setAttribute(`${ATTRIBUTE_PREFIX}${name}`, fact);
  }
  span.end();
  return value;
}

/** The class of an error alone: its message may hold values of a customer. */
function endFailed(span: Span, error: unknown): never {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
  span.end();
  throw error;
}
