import 'server-only'
import { randomUUID } from 'node:crypto'
import { get, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import { uptime } from '@/lib/platform/clock'
import { singleton } from '@/lib/platform/globals'
import { interceptRequests } from '@/lib/platform/http/intercept-requests'

/** All that a page may depend on: the same variant is the same HTML. */
export type PageVariant = { path: string; headers: Record<string, string> }

type KeptPage = { headers: Record<string, string | string[]>; html: Buffer; gzip: Buffer }

/** How old a page may be. */
const KEPT_MS = 10_000
const TIMEOUT_MS = 10_000
/** Marks our own request for a page. */
const RENDER = 'x-render'
const secret = () => singleton('render-secret', randomUUID)
/** Whether this server asks itself for a page, which is no visit. */
export const isOwnRequest = ({ headers }: IncomingMessage): boolean => headers[RENDER] === secret()
/** Describes the answer that Next gave, not ours. */
const OF_THE_ANSWER = /^(connection|keep-alive|transfer-encoding|content-(length|encoding)|date)$/
const SCRIPTS =
  /<script\b(?![^>]*application\/ld\+json)[^>]*>.*?<\/script>|<link\b[^>]*\bas="script"[^>]*>/gs
/** React moves such parts into place with a script. */
const NEEDS_SCRIPTS = /<(div hidden="" id="S:|template id="[BP]:)/

/**
 * Answers requests for pages that are the same for many visitors from memory, as HTML without
 * scripts. `variantOf` returns null for all other requests. A page is requested from this server
 * with the headers of its variant only, so nothing of a visitor gets into it.
 */
export function keepPages(variantOf: (request: IncomingMessage) => PageVariant | null): void {
  const kept = new Map<string, { until: number; page: Promise<KeptPage | null> }>()
  const find = (variant: PageVariant, server: Server) => {
    const key = JSON.stringify(variant)
    const found = kept.get(key)
    if (found && uptime() < found.until) return found.page
    const page = loadPage(server, variant).catch(() => null)
    kept.set(key, { until: uptime() + KEPT_MS, page })
    return page
  }
  interceptRequests('pages', ({ request, response, server }, pass) => {
    const variant = isOwnRequest(request) ? null : variantOf(request)
    if (!variant) return false
    void find(variant, server).then((page) => {
      if (!page) return pass()
      const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
      const body = zipped ? page.gzip : page.html
      response
        .writeHead(200, {
          ...page.headers,
          ...(zipped ? { 'content-encoding': 'gzip' } : {}),
          'content-length': body.length
        })
        .end(body)
    })
    return true
  })
}

/** @returns null for a page that cannot do without scripts, or sets a cookie. */
async function loadPage(server: Server, variant: PageVariant): Promise<KeptPage | null> {
  const answer = await requestPage(server, variant)
  const { 'content-security-policy': policy, 'set-cookie': cookies } = answer.headers
  if (answer.status !== 200 || typeof policy !== 'string' || cookies) return null
  if (NEEDS_SCRIPTS.test(answer.html)) return null
  const html = Buffer.from(answer.html.replace(SCRIPTS, ''))
  const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
    value === undefined || OF_THE_ANSWER.test(name) ? [] : [[name, value] as const]
  )
  return {
    headers: {
      ...Object.fromEntries(headers),
      'content-security-policy': policy.replace(/\bscript-src [^;]*/, "script-src 'none'"),
      vary: 'accept-encoding, accept-language, cookie'
    },
    html,
    gzip: gzipSync(html)
  }
}

type Answer = { status: number | undefined; headers: IncomingHttpHeaders; html: string }

const requestPage = (server: Server, { path, headers }: PageVariant) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = get({
      ...addressOf(server),
      path,
      headers: { ...headers, [RENDER]: secret() },
      agent: false,
      timeout: TIMEOUT_MS
    })
    sent.on('timeout', () => sent.destroy(new Error('The page did not arrive in time.')))
    sent.on('error', reject)
    sent.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          html: Buffer.concat(parts).toString()
        })
      )
    })
  })

/** Where this process reaches its own server. */
function addressOf(server: Server): { socketPath: string } | { host: string; port: number } {
  const address = server.address()
  if (!address) throw new Error('The server does not listen.')
  if (typeof address === 'string') return { socketPath: address }
  const isEvery = ['::', '0.0.0.0'].includes(address.address)
  return { host: isEvery ? '127.0.0.1' : address.address, port: address.port }
}
