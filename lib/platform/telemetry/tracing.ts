/**
 * Spans of requests, jobs and vendor calls. Without a tracer (lib/platform/telemetry/trace-export.ts sets it)
 * nothing is recorded. Attributes are names, codes and counts, never user input.
 */
import 'server-only'
import {
  type Attributes,
  type Context,
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace
} from '@opentelemetry/api'
import { singleton } from '@/lib/platform/globals'

/** Not OpenTelemetry's global tracer: Next would record whole URLs with it. */
export const tracing = () => singleton('tracing', () => ({ tracer: null as Tracer | null }))

type SpanInput<T> = {
  kind?: 'server' | 'client' | 'consumer' | 'producer'
  attributes?: Attributes
  /** A W3C `traceparent` that continues another process's trace; by default the active span's. */
  parent?: string | null | undefined
  /** When it began, if that was before this call; milliseconds since 1970. */
  startTime?: number
  /** Attributes that the result has, such as a status. */
  result?: (value: T) => Attributes
}

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  producer: SpanKind.PRODUCER
}

/** Runs the work as a span. @throws what the work throws; the span keeps its code only. */
export async function withSpan<T>(
  name: string,
  { kind, attributes = {}, parent, startTime, result }: SpanInput<T>,
  run: () => Promise<T>
): Promise<T> {
  const { tracer } = tracing()
  if (!tracer) return run()
  const from = parent === undefined ? context.active() : toContext(parent)
  const span = tracer.startSpan(
    name,
    {
      attributes,
      kind: kind ? KINDS[kind] : SpanKind.INTERNAL,
      ...(startTime === undefined ? {} : { startTime })
    },
    from
  )
  try {
    const value = await context.with(trace.setSpan(from, span), run)
    if (result) span.setAttributes(result(value))
    return value
  } catch (thrown) {
    const { code, name: fault = 'unknown' } = thrown as { code?: string; name?: string }
    span.setAttribute('error.type', code ?? fault)
    span.setStatus({ code: SpanStatusCode.ERROR })
    throw thrown
  } finally {
    span.end()
  }
}

/** The trace that this code runs in, for log lines. */
export const traceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

/** Malformed text begins a new trace. */
function toContext(parent: string | null): Context {
  const [, traceId, spanId, flags = '00'] = TRACEPARENT.exec(parent ?? '') ?? []
  if (!traceId || !spanId) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
