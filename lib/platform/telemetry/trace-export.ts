/** Sends spans to an OpenTelemetry collector. The variables are OpenTelemetry's own. */
import 'server-only'
import { context } from '@opentelemetry/api'
import { env } from '@/lib/platform/env'
import { singleton } from '@/lib/platform/globals'
import { tracing } from '@/lib/platform/telemetry/tracing'

const exporting = () =>
  singleton('trace-export', () => ({ stop: null as (() => Promise<void>) | null }))

/**
 * Begins tracing where an OTLP endpoint is set. The packages are loaded only then. Spans are sent
 * in batches, off the request path; a collector that does not answer delays nothing.
 */
export async function startTracing(): Promise<void> {
  const { traces } = env()
  if (!traces || exporting().stop) return
  const [sdk, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }, resources] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/resources')
    ])
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const detected = resources.detectResources({
    detectors: [resources.envDetector, resources.serviceNameEnvDetector]
  })
  const provider = new sdk.TracerProvider({
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes({ 'service.name': 'pangea' }))
      .merge(detected),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(traces.ratio) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })]
  })
  tracing().tracer = provider.getTracer('pangea')
  exporting().stop = () => provider.shutdown()
}

/** Sends what is left. Never throws: a collector that is gone must not delay the end. */
export async function stopTracing(): Promise<void> {
  const { stop } = exporting()
  exporting().stop = null
  tracing().tracer = null
  context.disable()
  await stop?.().catch(() => {})
}
