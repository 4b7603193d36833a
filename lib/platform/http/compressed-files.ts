import 'server-only'
import { existsSync, readdirSync } from 'node:fs'
import { interceptRequests } from '@/lib/platform/http/intercept-requests'

const PREFIX = '/_next/static/'
const SUFFIX = '.br'
const TYPES: Record<string, string> = {
  js: 'application/javascript; charset=UTF-8',
  css: 'text/css; charset=UTF-8'
}

/**
 * Sends scripts and styles as the build compressed them (scripts/stack/compressed-files.ts): an
 * eighth smaller than what Next compresses for each request. Next sends the file with its usual
 * headers; this names another file and how it is encoded.
 */
export function sendCompressedFiles(folder: string): void {
  const urls = compressedUrls(folder)
  interceptRequests('files', ({ request, response }) => {
    const { url = '', method, headers } = request
    const type = TYPES[url.slice(url.lastIndexOf('.') + 1)]
    const reads = method === 'GET' || method === 'HEAD'
    if (!(reads && type && urls.has(url) && /\bbr\b/.test(headers['accept-encoding'] ?? '')))
      return false
    request.url = url + SUFFIX
    response.setHeader('content-type', type)
    response.setHeader('content-encoding', 'br')
    response.setHeader('vary', 'Accept-Encoding')
    return false
  })
}

/** The addresses of files that have a compressed copy; none in a build without copies. */
function compressedUrls(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return new Set(
    files
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => PREFIX + file.slice(0, -SUFFIX.length).replaceAll('\\', '/'))
  )
}
