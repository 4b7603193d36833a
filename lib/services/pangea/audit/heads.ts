/** The published ends of the audit log's chain: a file that is only appended to, and the log. */
import 'server-only'
import { appendFile, readFile } from 'node:fs/promises'
import type { Head } from '@/lib/domain/audit/chain'
import { env } from '@/lib/platform/env'
import { singleton } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'

const published = () => singleton('audit-heads', () => ({ n: 0 }))

/**
 * Publishes the head, once per process and position: a process that died before publishing is
 * followed by one that does.
 */
export async function publishHead(head: Head): Promise<void> {
  const last = published()
  if (head.n <= last.n) return
  const { headsFile } = env().audit
  if (headsFile) await appendFile(headsFile, `${JSON.stringify(head)}\n`, { mode: 0o600 })
  log.info('audit.sealed', { count: head.n, digest: head.digest, keyId: head.keyId })
  last.n = head.n
}

/**
 * The heads in a file of JSON lines, such as AUDIT_HEADS_FILE; none if the file does not exist. A
 * line that is no head counts as a head that no log has.
 */
export async function readHeads(file: string): Promise<Head[]> {
  const text = await readFile(file, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return ''
    throw thrown
  })
  return text.split('\n').filter(Boolean).map(parseHead)
}

const UNREADABLE: Head = { n: Number.MAX_SAFE_INTEGER, digest: '', keyId: '', at: '' }

function parseHead(line: string): Head {
  try {
    const { n, digest, keyId, at } = JSON.parse(line)
    return Number.isSafeInteger(n) ? { n, digest: String(digest), keyId, at } : UNREADABLE
  } catch {
    return UNREADABLE
  }
}
