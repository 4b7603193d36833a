/**
 * Small durable store: one JSON file per record, written before the response, so an emulator's
 * state survives kill -9.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Collection<T extends { id: string }> = {
  get(id: string): T | undefined
  put(record: T): T
  delete(id: string): void
  all(): T[]
  find(match: (record: T) => boolean): T | undefined
  filter(match: (record: T) => boolean): T[]
}

export type Store = {
  collection<T extends { id: string }>(name: string): Collection<T>
  /** Empties every collection, on disk too. */
  reset(): void
}

/** @param dir folder of the records, or null for memory only (tests). */
export function openStore(dir: string | null): Store {
  const opened = new Map<string, { records: Map<string, { id: string }>; folder: string | null }>()
  return {
    collection<T extends { id: string }>(name: string): Collection<T> {
      const folder = dir && join(dir, name)
      const known = opened.get(name)
      const records = (known?.records ?? load<T>(folder)) as Map<string, T>
      if (!known) opened.set(name, { records, folder })
      return {
        get: (id) => records.get(id),
        put: (record) => {
          records.set(record.id, record)
          if (folder) writeAtomically(fileOf(folder, record.id), JSON.stringify(record))
          return record
        },
        delete: (id) => {
          records.delete(id)
          if (folder) rmSync(fileOf(folder, id), { force: true })
        },
        all: () => [...records.values()],
        find: (match) => [...records.values()].find(match),
        filter: (match) => [...records.values()].filter(match)
      }
    },
    reset() {
      for (const { records, folder } of opened.values()) {
        records.clear()
        if (!folder) continue
        rmSync(folder, { recursive: true, force: true })
        makeFolder(folder)
      }
    }
  }
}

/** Readable by its owner only: the state holds tokens and passwords. */
const makeFolder = (folder: string) => mkdirSync(folder, { recursive: true, mode: 0o700 })

const fileOf = (folder: string, id: string) => join(folder, `${encodeURIComponent(id)}.json`)

function load<T extends { id: string }>(folder: string | null): Map<string, T> {
  const records = new Map<string, T>()
  if (!folder) return records
  makeFolder(folder)
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue
    const record = JSON.parse(readFileSync(join(folder, file), 'utf8')) as T
    records.set(record.id, record)
  }
  return records
}

function writeAtomically(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, text, { mode: 0o600 })
  renameSync(temporary, path)
}
