import { CSV_HEADER, toCsvRow } from '@/app/_lib/csv'
import type { StepUpInput } from '@/app/_lib/declaration'
import { route } from '@/app/_lib/route'
import { serializeTransaction } from '@/app/_lib/serializers/resources'
import type { TransactionResponse } from '@/lib/api/responses'
import { ExportQuery } from '@/lib/api/transactions'
import { type DataService, PangeaService } from '@/lib/services'

type Format = {
  type: string
  head: string
  line: (row: TransactionResponse) => string
  separator: string
  tail: string
}
const json = (row: TransactionResponse) => JSON.stringify(row)
const jsonLine = (row: TransactionResponse) => `${JSON.stringify(row)}\n`
const FORMATS: Record<ExportQuery['format'], Format> = {
  csv: { type: 'text/csv', head: CSV_HEADER, line: toCsvRow, separator: '', tail: '' },
  json: { type: 'application/json', head: '[', line: json, separator: ',\n', tail: ']\n' },
  ndjson: { type: 'application/x-ndjson', head: '', line: jsonLine, separator: '', tail: '' }
}

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
    summary: 'All transactions that match a filter, as CSV, JSON or JSON lines.',
    auth: 'user',
    limit: 'transactions.export',
    live: true,
    stepUp: STEP_UP,
    query: ExportQuery,
    response: ['text/csv', 'application/json', 'application/x-ndjson']
  },
  async ({ actor, query: { format, ...filter } }) => {
    const pages = await PangeaService.exportTransactions(actor, filter)
    // The first page is read before the response starts, so that an error still sets the status.
    const first = await pages.next()
    const headers = {
      'content-type': `${FORMATS[format].type}; charset=utf-8`,
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
  format: ExportQuery['format']
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const { head, line, separator, tail } = FORMATS[format]
  let before = head
  const write = (rows: Rows): Uint8Array => {
    const lines = rows.map((row) => line(serializeTransaction(row))).join(separator)
    const text = before + lines
    before = lines ? separator : ''
    return encoder.encode(text)
  }
  yield write(first)
  for await (const rows of pages) if (rows.length > 0) yield write(rows)
  yield encoder.encode(tail)
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
