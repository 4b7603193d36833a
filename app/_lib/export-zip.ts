import { configure, ZipWriter } from '@zip.js/zip.js/index-native.js'
import { toCsvCell } from '@/app/_lib/csv'
import { log } from '@/lib/platform/log'
import type { DataService } from '@/lib/services'
import { brand } from '@/pangea.config'

type ExportFiles = ReturnType<typeof DataService.listExportFiles>

/**
 * Without web workers the limit only counts streams, and a client that stops reading would keep its
 * place: by default as many of them as there are processors stop every export.
 */
const MAX_STREAMS = 10_000
configure({ useWebWorkers: false, maxWorkers: MAX_STREAMS })

/**
 * Streams the files one after the other and compresses while reading. Back pressure and
 * cancellation reach the reader.
 */
export function createZip(files: ExportFiles): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const zip = new ZipWriter(writable)
  const writeFiles = async () => {
    await zip.add('README.txt', new Blob([README]).stream())
    for (const file of files) {
      await zip.add(`${file.name}.json`, toStream(toJson(file)))
      await zip.add(`${file.name}.csv`, toStream(toCsv(file)))
    }
    await zip.close()
  }
  writeFiles().catch((thrown: unknown) => {
    // The browser or the database disconnected: a truncated zip does not open, so the failure is
    // visible.
    log.warn('export.aborted', { fault: thrown instanceof Error ? thrown.name : 'unknown' })
    writable.abort(thrown).catch(() => undefined)
  })
  return readable
}

/** Turns each table's rows into two files: JSON for programs, CSV for spreadsheets. */

type ExportFile = ReturnType<typeof DataService.listExportFiles>[number]
type Row = Record<string, unknown>

/** Reads the next page only after the previous one was consumed. */
export function toStream(chunks: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const text = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(text.encode(value))
      },
      async cancel() {
        await chunks.return(undefined)
      }
    },
    { highWaterMark: 0 }
  )
}

export async function* toJson({ pages }: ExportFile): AsyncGenerator<string> {
  let separator = '[\n'
  for await (const rows of pages()) {
    if (rows.length > 0) yield separator + rows.map((row) => JSON.stringify(row)).join(',\n')
    if (rows.length > 0) separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

const toCsvLine = (cells: readonly string[]): string =>
  `${cells.map((cellText) => toCsvCell(cellText)).join(',')}\r\n`

/** The byte order mark tells spreadsheets that this is UTF-8. */
export async function* toCsv({ columns, pages }: ExportFile): AsyncGenerator<string> {
  yield `\uFEFF${toCsvLine(columns)}`
  for await (const rows of pages())
    if (rows.length > 0)
      yield rows.map((row) => toCsvLine(columns.map((column) => cellText(row, column)))).join('')
}

function cellText(row: Row, column: string): string {
  const value = row[column]
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The README in the export. */
export const README = `This is everything ${brand.name} stores about you, as of the time you asked for it.

Each file is there twice: .json for programs, .csv for spreadsheets. Instants are in UTC (ISO 8601), dates are YYYY-MM-DD, amounts are decimal numbers with their
currency beside them, and money in is positive. In the .csv files a text that a spreadsheet would run as a formula has an apostrophe in front.

users                  your login's id and e-mail address
preferences            your settings
application-answers    what you answered for your application, until Jiko has received it; after that they are with Jiko
applications, consents the status of your application, and what you agreed to and when
bank-accounts          your own account at Jiko; its transactions and statements are with Jiko, see the account page
counterparties         accounts at other banks that money may come from or go to
transfers              money you moved
bank-connections       banks you linked
linked-accounts        their accounts
transactions           every transaction your banks reported
transaction-edits, transaction-parts, rules   your edits, splits and rules
own-assets, own-asset-values, balance-snapshots   what you own or owe elsewhere, and balances over time
audit-entries, audit-details   what was done with your data and when; session and network, if you did it
link-events, sync-runs, connection-tasks, vendor-events   the results of linking, syncs and calls to banks

Not included, because it gives access to your banks or is not about you: access tokens, keys, temporary copies, counters. Your Social Security
number is not included either: it was sent to Jiko and never stored.
`
