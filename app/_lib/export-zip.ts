import { configure, ZipWriter } from '@zip.js/zip.js/index-native.js'
import { README, toCsv, toJson, toStream } from '@/app/_lib/export-files'
import { log } from '@/lib/platform/log'
import type { DataService } from '@/lib/services'

type ExportFiles = ReturnType<typeof DataService.listExportFiles>

configure({ useWebWorkers: false })

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
    log.warn('export.ended_early', { fault: thrown instanceof Error ? thrown.name : 'unknown' })
    writable.abort(thrown).catch(() => undefined)
  })
  return readable
}
