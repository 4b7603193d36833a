/** A collector for tests: takes OTLP over HTTP with JSON, and refuses what the protocol does not allow. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const Attribute = z.strictObject({
  key: z.string().min(1),
  value: z.union([
    z.strictObject({ stringValue: z.string() }),
    z.strictObject({ boolValue: z.boolean() }),
    // int64 is text in the JSON of protocol buffers; senders may use a number.
    z.strictObject({ intValue: z.union([z.string().regex(/^-?\d+$/), z.int()]) }),
    z.strictObject({ doubleValue: z.number() })
  ])
})
const Nanoseconds = z.string().regex(/^\d{19}$/)
const Span = z.looseObject({
  traceId: z.string().regex(/^(?!0{32})[0-9a-f]{32}$/),
  spanId: z.string().regex(/^(?!0{16})[0-9a-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  name: z.string().min(1),
  kind: z.int().min(1).max(5),
  startTimeUnixNano: Nanoseconds,
  endTimeUnixNano: Nanoseconds,
  attributes: z.array(Attribute),
  status: z.looseObject({ code: z.int().min(0).max(2) })
})
/** ExportTraceServiceRequest of opentelemetry-proto. */
const Export = z.strictObject({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes: z.array(Attribute) }),
      scopeSpans: z.array(
        z.looseObject({ scope: z.looseObject({ name: z.string() }), spans: z.array(Span) })
      )
    })
  )
})

export type CollectedSpan = z.output<typeof Span> & { service: unknown }

export async function startCollector() {
  const spans: CollectedSpan[] = []
  const problems: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method, url, headers } = request
    const target = `${method} ${url} ${headers['content-type']}`
    if (target !== 'POST /v1/traces application/json') problems.push(target)
    const parsed = Export.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    if (!parsed.success) problems.push(z.prettifyError(parsed.error))
    else
      for (const { resource, scopeSpans } of parsed.data.resourceSpans) {
        const service = resource.attributes.find(({ key }) => key === 'service.name')?.value
        spans.push(
          ...scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service })))
        )
      }
    response.writeHead(parsed.success ? 200 : 400, { 'content-type': 'application/json' })
    response.end('{"partialSuccess":{}}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    problems,
    close: () => new Promise((resolve) => server.close(resolve))
  }
}
