import { CSV_HEADER, toCsvRow } from '@/app/_lib/csv'
import type { StepUpInput } from '@/app/_lib/declaration'
import { route } from '@/app/_lib/route'
import { serializeTransaction } from '@/app/_lib/serializers/resources'
import { ExportQuery } from '@/lib/api/transactions'
import { type DataService, PangeaService } from '@/lib/services'

const CONTENT_TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' }

const STEP_UP = {
  within: '10m',
  only: `more than ${PangeaService.LARGE_EXPORT_ROWS} rows`,
  applies: ({ actor, query }: StepUpInput<{ query: ExportQuery }>) =>
    PangeaService.isLargeExport(actor, query)
} as const

/** Checks the step-up before the browser starts the download, which could not ask for it. */
export const POST = route(
  {
    summary: 'Whether the transactions may be downloaded now.',
    auth: 'user',
    limit: 'me.export_check',
    live: true,
    stepUp: STEP_UP,
    query: ExportQuery,
    response: null
  },
  async () => null
)

export const GET = route(
  {
    summary: 'Transactions that match a filter, as CSV or JSON.',
    auth: 'user',
    limit: 'transactions.export',
    live: true,
    stepUp: STEP_UP,
    query: ExportQuery,
    response: ['text/csv', 'application/json']
  },
  async ({ actor, query: { format, ...filter } }) => {
    const pages = await PangeaService.exportTransactions(actor, filter)
    // The first page is read before the response starts, so that an error still sets the status.
    const first = await pages.next()
    const headers = {
      'content-type': CONTENT_TYPES[format],
      'content-disposition': `attachment; filename="transactions.${format}"`,
      'cache-control': 'no-store'
    }
    return new Response(toStream(encode(first.value ?? [], pages, format)), { headers })
  }
)

type Rows = Awaited<ReturnType<typeof DataService.listTransactions>>['items']

async function* encode(
  first: Rows,
  pages: AsyncGenerator<Rows>,
  format: keyof typeof CONTENT_TYPES
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(format === 'csv' ? CSV_HEADER : '[')
  let separator = ''
  const write = (rows: Rows): Uint8Array => {
    if (format === 'csv')
      return encoder.encode(rows.map((row) => toCsvRow(serializeTransaction(row))).join(''))
    const items = rows.map((row) => JSON.stringify(serializeTransaction(row)))
    const chunk = items.length > 0 ? separator + items.join(',\n') : ''
    if (items.length > 0) separator = ',\n'
    return encoder.encode(chunk)
  }
  yield write(first)
  for await (const rows of pages) yield write(rows)
  if (format === 'json') yield encoder.encode(']\n')
}

/** Reads the next page on demand, so that a slow browser does not fill our memory. */
function toStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return(undefined)
    }
  })
}
